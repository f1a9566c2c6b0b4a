// npm run build: checks the types and writes dist/ in a few files, with the packages that every start needs rolled in: hundreds of
// small files take three times as long to load. What was rolled in keeps its licence, in dist/licenses.
// `--into FOLDER` writes it elsewhere without checking the types: the tests start programs hundreds of times.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build, type Plugin, type RolldownOutput } from 'rolldown'

const root = join(import.meta.dirname, '..')
const { into } = parseArgs({ options: { into: { type: 'string' } } }).values
const dist = resolve(root, into ?? 'dist')

if (into === undefined) {
  const { status } = spawnSync('tsc', ['--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

type Manifest = {
  readonly version: string
  readonly license: string
  readonly dependencies: Readonly<Record<string, string>>
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

/** Needed by nearly every command. Native code, and what few desks or commands load, stay where npm puts them. */
const bundled = [
  'better-sqlite3',
  'commander',
  'entities',
  'htmlparser2',
  'mdast-util-to-markdown',
  'parse5',
  'string-width',
  'tldts',
  'undici',
  'yaml',
  'zod',
]
const packages = Object.keys(manifestOf(root).dependencies).filter((name) => !bundled.includes(name))
const isPackage = (id: string): boolean => packages.some((name) => id === name || id.startsWith(`${name}/`))

/** Of undici what src/fetch uses: its own index also loads a web fetch, sockets, caches and mocks. As there, dispatchers know its API. */
const undiciParts = `
export { default as Agent } from 'undici/lib/dispatcher/agent.js'
export { default as Pool } from 'undici/lib/dispatcher/pool.js'
export { default as ProxyAgent } from 'undici/lib/dispatcher/proxy-agent.js'
export { default as buildConnector } from 'undici/lib/core/connect.js'
export { default as errors } from 'undici/lib/core/errors.js'
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js'
import api from 'undici/lib/api/index.js'
Object.assign(Dispatcher.prototype, api)
`
/** We never offer HTTP/2, and Node's own part of it, with TLS and a server, takes as long to load as Node itself. */
const noHttp2 = `
export default () => {
  throw new Error('HTTP/2 is not rolled in')
}
`
const partsOfUndici: Plugin = {
  name: 'parts of undici',
  resolveId: (id) =>
    id === 'undici' ? '\0undici-parts' : id.endsWith('/client-h2.js') ? '\0no-http2' : null,
  load: (id) => (id === '\0undici-parts' ? undiciParts : id === '\0no-http2' ? noHttp2 : null),
}

/**
 * Of better-sqlite3 the JavaScript, fifteen small files; the native part stays in the nearest `node_modules` that has the package. Its
 * own search for that part takes a millisecond, and is asked where somebody compiled it, where musl is, and where anything fails.
 */
const nativeSqlite = `
const { existsSync } = process.getBuiltinModule('node:fs')
const { dirname, join, toNamespacedPath } = process.getBuiltinModule('node:path')
function packageAbove(folder) {
  const found = join(folder, 'node_modules/better-sqlite3')
  return existsSync(found) || folder === dirname(folder) ? found : packageAbove(dirname(folder))
}
function isUsual(folder) {
  const unusual = [join(folder, 'build'), '/lib/ld-musl-x86_64.so.1', '/lib/ld-musl-aarch64.so.1']
  return !unusual.some((path) => existsSync(path))
}
function open(folder) {
  try {
    const native = { exports: {} }
    const file = join(folder, 'prebuilds', process.platform + '-' + process.arch + '.node')
    if (isUsual(folder)) process.dlopen(native, toNamespacedPath(file))
    if (native.exports.Database) return native.exports
  } catch {}
  const require = process.getBuiltinModule('node:module').createRequire(ownUrl)
  return require(join(folder, 'lib/binding.js')).getBinding()
}
let opened
exports.getBinding = () => opened ??= open(packageAbove(ownFolder))
`
const partOfSqlite: Plugin = {
  name: 'part of better-sqlite3',
  load: (id) => (id.endsWith('/better-sqlite3/lib/binding.js') ? nativeSqlite : null),
  transform: (code, id) =>
    id.includes('/better-sqlite3/lib/')
      ? code.replace(/\brequire\('(fs|path|util)'\)/g, "process.getBuiltinModule('node:$1')")
      : null,
}

/**
 * What is imported of Node's modules is looked up when first called. An import statement reads every name of such a module, also
 * those behind which Node loads more: of `node:fs` all streams, of `node:process` readline. A command that hashes nothing and opens
 * no socket should not wait for them. The few imported classes and constants are looked up at once.
 */
const lateMark = '\0late:'
const lateBuiltins: Plugin = {
  name: 'late builtins',
  resolveId: (id, _, { kind }) => (kind === 'import-statement' && isBuiltin(id) ? `${lateMark}${id}` : null),
  load: (id) => (id.startsWith(lateMark) ? lateModule(id.slice(lateMark.length)) : null),
}

/** As a module of named exports, and of a default export that has them all; `process` and `node:events` are that themselves. */
function lateModule(id: string): string {
  const module: Readonly<Record<string, unknown>> = createRequire(import.meta.url)(id)
  const names = Object.keys(module).filter((name) => name !== 'default')
  const named = names.map((name) =>
    typeof module[name] === 'function' && /^[a-z]/.test(name)
      ? `export const ${name} = (...given) => here().${name}(...given)`
      : `export const ${name} = /* @__PURE__ */ (() => here().${name})()`,
  )
  const getters = names.map((name) => `get ${name}() { return here().${name} }`)
  const found = ['let module', `const here = () => module ??= process.getBuiltinModule('${id}')`]
  const isItself = id === 'node:process' || typeof module === 'function'
  return [...found, ...named, `export default ${isItself ? 'here()' : `{ ${getters.join(', ')} }`}`].join(
    '\n',
  )
}

/**
 * Modules of ours, and those above, do nothing by being loaded: a command that takes one name from a door need not load the rooms
 * behind it, and the file that is started loads nothing before it has turned on the cache of compiled code.
 */
const doesNothing = (id: string): boolean =>
  id.startsWith(join(root, 'src/')) || id.startsWith(lateMark) || id.startsWith('\0rolldown/')

/**
 * V8 keeps the text of a module as long as it runs, and in two bytes a character when one of them is not of Latin-1: one arrow in a comment
 * doubles half a megabyte of undici. So comments stay behind, and other letters are written as escapes where they are few.
 */
function writeInAscii(file: string): void {
  const code = readFileSync(file, 'utf8')
  const letters = code.match(/[^\0-\x7f]/g)?.length ?? 0
  if (letters > 0 && letters * '\\u0000'.length < code.length) writeFileSync(file, escaped(code))
}

/** The same program in ASCII. Throws where an escape would mean something else: behind a backslash, and in what a tag reads raw. */
function escaped(code: string): string {
  const unsure = /(?<!\\)(?:\\\\)*\\[^\0-\x7f]|\.raw`[^`]*[^\0-\x7f`][^`]*`/.exec(code)
  if (unsure !== null) throw new Error(`write this in ASCII, or it cannot be rolled in: ${unsure[0]}`)
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The folders of the packages whose code stands in dist/. */
function rolledIn({ output }: RolldownOutput): ReadonlySet<string> {
  const modules = output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
  return new Set(modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []))
}

/** Copies the licence of each package. Throws when one has none that lets us pass it on under its own terms alone. */
function copyLicenses(folders: ReadonlySet<string>): void {
  mkdirSync(join(dist, 'licenses'))
  for (const folder of folders) {
    const name = folder.replace(/^.*\/node_modules\//, '')
    const { license, version } = manifestOf(folder)
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
    if (!['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause'].includes(license) || file === undefined)
      throw new Error(`${name} ${version} (${license}) cannot be rolled in: leave it to npm`)
    cpSync(join(folder, file), join(dist, 'licenses', `${name.replace('/', '-')}.txt`))
  }
}

/** The files that somebody starts keep their places. */
const entries = ['src/app/cli.ts', ...globSync('workers/*.ts', { cwd: root })]
/** What a thread begins with lies beside the code that begins it. */
const threads = ['src/app/reading-thread-entry.ts', 'src/app/deciding-thread-entry.ts']
const placeOf = (file: string): string => {
  const path = file.slice(0, -'.ts'.length)
  return threads.includes(file) ? join('chunks', basename(path)) : path
}

/**
 * What nearly every command loads, in four files: each of the dozens that they would be cut into takes half a millisecond to find
 * and link. A group takes in all that its files import and no group before it has: the second thread needs words and no database.
 * Of Node's modules only those that are there from the start; others, such as `node:net` for its classes, stay with who needs them.
 * With them stands what every command ends with: a plain search does without the command line.
 */
const groups = [
  {
    name: 'builtins',
    test: /^\0late:node:(?:child_process|crypto|events|fs|module|path|process|util|zlib)$|src\/app\/(?:exit|print|search-line)\.ts$/,
    priority: 4,
  },
  { name: 'words', test: /src\/pipeline\/search-(?:query|test)\.ts$/, priority: 3 },
  { name: 'command-line', test: /src\/app\/main\.ts$/, priority: 2 },
  { name: 'archive', test: /src\/app\/commands\/search\.ts$/, priority: 1 },
]

/** A plain search is started all day long, and finding and linking five files would take a tenth of it: it gets all it needs in one. */
const alone = 'src/app/plain-search.ts'
const aloneFile = 'chunks/plain-search.js'

/** Leaves an import to another file of dist/: `files` names them, as the importing file sees them, by the end of what is imported. */
function elsewhere(files: Readonly<Record<string, string>>): Plugin {
  const resolveId = (id: string) => {
    const file = Object.entries(files).find(([name]) => id.endsWith(name))?.[1]
    return file === undefined ? null : { id: file, external: 'absolute' as const }
  }
  return { name: 'elsewhere', resolveId }
}

const settings = {
  cwd: root,
  external: (id: string) => isPackage(id),
  treeshake: {
    moduleSideEffects: (id: string) =>
      !doesNothing(id) || [...entries, ...threads, alone].some((file) => id.endsWith(file)),
  },
  transform: { define: { ownFolder: 'import.meta.dirname', ownUrl: 'import.meta.url' } },
  platform: 'node',
  logLevel: 'warn',
} as const

rmSync(dist, { recursive: true, force: true })
const built = await build({
  ...settings,
  input: Object.fromEntries([...entries, ...threads].map((file) => [placeOf(file), file])),
  plugins: [
    elsewhere({ '/plain-search.ts': `../../${aloneFile}` }),
    partsOfUndici,
    partOfSqlite,
    lateBuiltins,
  ],
  output: {
    dir: dist,
    format: 'esm',
    comments: false,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    codeSplitting: { groups },
  },
})

/** The file that a module of ours is imported from where it is needed late, as its neighbours see it. */
function fileOf(module: string): string {
  const chunk = built.output.find((one) => one.type === 'chunk' && one.facadeModuleId === join(root, module))
  if (chunk === undefined) throw new Error(`no file of dist/ stands for ${module}`)
  return `./${basename(chunk.fileName)}`
}
const builtAlone = await build({
  ...settings,
  input: alone,
  plugins: [
    elsewhere({ '/main.ts': fileOf('src/app/main.ts'), '/config.ts': fileOf('src/app/config.ts') }),
    partOfSqlite,
    lateBuiltins,
  ],
  output: { file: join(dist, aloneFile), format: 'esm', comments: false, codeSplitting: false },
})
for (const file of globSync('chunks/*.js', { cwd: dist })) writeInAscii(join(dist, file))
copyLicenses(new Set([...rolledIn(built), ...rolledIn(builtAlone)]))
cpSync(join(root, 'src/store/migrations'), join(dist, 'chunks/migrations'), { recursive: true }) // beside the code that reads them
chmodSync(join(dist, 'src/app/cli.js'), 0o755)
