// The layer rule proves that it bites: one bad import of every kind is planted in a copy of the tree, and the linter must find each.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const layerRules = [
  'lint/style/noRestrictedImports',
  'lint/suspicious/noImportCycles',
  'lint/style/noRestrictedGlobals',
  'plugin',
]
const [importRule = '', cycleRule = '', globalRule = '', purityRule = ''] = layerRules

type Plant = { readonly title: string; readonly file: string; readonly code: string; readonly rule: string }

const importing = (title: string, file: string, from: string): Plant => ({
  title,
  file,
  code: `import { planted } from '${from}'\nexport const grown = planted\n`,
  rule: importRule,
})

const plants: readonly Plant[] = [
  importing('model imports text', 'src/model/planted.ts', '../text/median.ts'),
  importing('text imports pipeline', 'src/text/planted.ts', '../pipeline/cron.ts'),
  importing('text imports node', 'src/text/planted-disk.ts', 'node:fs'),
  importing('pipeline imports the store', 'src/pipeline/planted.ts', '../store/index.ts'),
  importing('pipeline imports node', 'src/pipeline/planted-disk.ts', 'node:fs'),
  importing('pipeline imports the SQLite library', 'src/pipeline/planted-sql.ts', 'better-sqlite3'),
  importing('fetch imports the store', 'src/fetch/planted.ts', '../store/index.ts'),
  importing('store imports deliver', 'src/store/planted.ts', '../deliver/index.ts'),
  importing('deliver imports fetch', 'src/deliver/planted.ts', '../fetch/index.ts'),
  importing('jobs pass the door of the store', 'src/jobs/planted.ts', '../store/articles.ts'),
  importing('jobs import the queue', 'src/jobs/planted-queue.ts', '../queue/index.ts'),
  importing('queue imports jobs', 'src/queue/planted.ts', '../jobs/index.ts'),
  importing('app passes the door of the jobs', 'src/app/planted.ts', '../jobs/plan.ts'),
  importing('a command passes the door of fetch', 'src/app/commands/planted.ts', '../../fetch/wire.ts'),
  importing('app imports workers', 'src/app/planted-worker.ts', '../../workers/fetch.ts'),
  importing('workers import jobs', 'workers/planted.ts', '../src/jobs/index.ts'),
  importing('model imports a library', 'src/model/planted-sql.ts', 'better-sqlite3'),
  importing('model imports node', 'src/model/planted-disk.ts', 'node:fs'),
  importing('text imports a library that is not on its list', 'src/text/planted-library.ts', 'commander'),
  importing(
    'pipeline imports the store by a detour',
    'src/pipeline/planted-detour.ts',
    '../../src/store/index.ts',
  ),
  importing('fetch imports SQLite', 'src/fetch/planted-sql.ts', 'better-sqlite3'),
  importing('store imports the web', 'src/store/planted-web.ts', 'undici'),
  importing('jobs import SQLite', 'src/jobs/planted-sql.ts', 'better-sqlite3'),
  importing('jobs import app', 'src/jobs/planted-app.ts', '../app/exit.ts'),
  importing('queue imports the store', 'src/queue/planted-store.ts', '../store/index.ts'),
  importing('app imports SQLite', 'src/app/planted-sql.ts', 'better-sqlite3'),
  importing('workers import a library', 'workers/planted-library.ts', 'bullmq'),
  {
    title: 'pipeline imports only a type of the store',
    file: 'src/pipeline/planted-type.ts',
    code: "import type { Store } from '../store/index.ts'\nexport type Grown = Store\n",
    rule: importRule,
  },
  {
    title: 'pipeline re-exports the store',
    file: 'src/pipeline/planted-export.ts',
    code: "export { openStore } from '../store/index.ts'\n",
    rule: importRule,
  },
  {
    title: 'pipeline imports the store when it runs',
    file: 'src/pipeline/planted-lazy.ts',
    code: "export const grown = () => import('../store/index.ts')\n",
    rule: importRule,
  },
  {
    title: 'two files import each other, types only',
    file: 'src/text/planted-one.ts',
    code: "import type { Other } from './planted-other.ts'\nexport type One = { readonly other: Other }\n",
    rule: cycleRule,
  },
  {
    title: 'the other of the two files',
    file: 'src/text/planted-other.ts',
    code: "import type { One } from './planted-one.ts'\nexport type Other = { readonly one: One }\n",
    rule: cycleRule,
  },
  {
    title: 'text reads the clock',
    file: 'src/text/planted-clock.ts',
    code: 'export const grown = (): number => Date.now()\n',
    rule: purityRule,
  },
  {
    title: 'pipeline throws dice',
    file: 'src/pipeline/planted-dice.ts',
    code: 'export const grown = (): number => Math.random()\n',
    rule: purityRule,
  },
  {
    title: 'pipeline reads the environment',
    file: 'src/pipeline/planted-environment.ts',
    code: "export const grown = (): string | undefined => process.env['HOME']\n",
    rule: globalRule,
  },
  {
    title: 'text writes a log',
    file: 'src/text/planted-log.ts',
    code: "export const grown = (): void => console.log('grown')\n",
    rule: globalRule,
  },
]

/** What the linter says about a tree: `file rule`, one entry a finding. */
function lint(folder: string): { readonly status: number | null; readonly findings: readonly string[] } {
  const biome = join(root, 'node_modules', '.bin', 'biome')
  const { status, stdout } = spawnSync(
    biome,
    ['lint', '--reporter=github', '--max-diagnostics=none', 'src', 'workers'],
    { cwd: folder, encoding: 'utf8' },
  )
  const findings = [...stdout.matchAll(/^::error title=([^,]*),file=([^,]*),/gm)].map(
    ([, rule = '', file = '']) => `${relative(folder, resolve(folder, file))} ${rule}`,
  )
  return { status, findings }
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'presslark-layers-')))
let clean: ReturnType<typeof lint>
let planted: ReturnType<typeof lint>

beforeAll(() => {
  for (const name of ['src', 'workers', 'lint', 'biome.jsonc', 'package.json', '.gitignore'])
    cpSync(join(root, name), join(folder, name), { recursive: true })
  clean = lint(folder)
  for (const { file, code } of plants) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), code)
  }
  planted = lint(folder)
}, 300_000) // two runs of the linter over the whole tree, on a machine that may be busy

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the tree as it is breaks no layer', () => {
  expect(clean.findings.filter((finding) => layerRules.some((rule) => finding.endsWith(rule)))).toEqual([])
})

test.each(plants)('the linter refuses: $title', ({ file, rule }) => {
  expect(planted.findings).toContain(`${file} ${rule}`)
})

test('the linter ends with an error', () => {
  expect(planted.status).toBe(1)
})
