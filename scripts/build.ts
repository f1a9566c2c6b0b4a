// npm run build: checks the types and writes dist/ in a few files, since starting from hundreds of small ones takes twice the time.
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, globSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'rolldown'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')

const { status } = spawnSync('tsc', ['--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)

const { dependencies }: { readonly dependencies: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
)
/** Small, and needed by every command; other packages stay where npm puts them, for their own updates. */
const bundled = ['commander']
const packages = Object.keys(dependencies).filter((name) => !bundled.includes(name))
const isPackage = (id: string): boolean => packages.some((name) => id === name || id.startsWith(`${name}/`))

/** The files that somebody starts keep their places. */
const entries = ['src/app/cli.ts', ...globSync('workers/*.ts', { cwd: root })]

rmSync(dist, { recursive: true, force: true })
await build({
  cwd: root,
  input: Object.fromEntries(entries.map((file) => [file.slice(0, -'.ts'.length), file])),
  external: (id) => id.startsWith('node:') || isPackage(id),
  platform: 'node',
  logLevel: 'warn',
  output: {
    dir: dist,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  },
})
cpSync(join(root, 'src/store/migrations'), join(dist, 'chunks/migrations'), { recursive: true }) // beside the code that reads them
for (const name of bundled) cpSync(join(root, 'node_modules', name, 'LICENSE'), join(dist, `LICENSE-${name}`))
chmodSync(join(dist, 'src/app/cli.js'), 0o755)
