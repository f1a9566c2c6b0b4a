// npm run bench -- --peers: Presslark beside other feed programs, on the same feeds, in turns, by a peer benchmark kit that is kept
// outside the repository (a folder with server.mjs and bench.mjs). It prints the table of docs/benchmarks.md.
//   --kit=DIR       the kit, with its own node_modules; else PRESSLARK_PEER_KIT
//   --feeds=1000 --rounds=1 --peers=ours,newsboat --state=/dev/shm/presslark-peers
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'

type Line = {
  readonly peer: string
  readonly phase: string
  readonly round: number
  readonly cpu: number // seconds of the whole process tree
  readonly wall: number
  readonly count: number
  readonly peakPssMiB: number
  readonly maxRssMiB: number
  readonly server?: { readonly requests: number; readonly conditional: number }
}

const options = new Map(
  process.argv.slice(2).map((text): readonly [string, string] => {
    const [, name = '', value = ''] = /^--([^=]+)=(.*)$/s.exec(text) ?? []
    return [name, value]
  }),
)
const kit = options.get('kit') ?? process.env['PRESSLARK_PEER_KIT'] ?? ''
if (!existsSync(join(kit, 'bench.mjs'))) {
  process.stderr.write('bench: name the folder of the peer kit with --kit=DIR or PRESSLARK_PEER_KIT\n')
  process.exit(2)
}

const root = join(import.meta.dirname, '..')
const state = options.get('state') ?? '/dev/shm/presslark-peers'
const feeds = options.get('feeds') ?? '1000'
const env = { ...process.env, OURS_CMD: join(root, 'bench/peer.sh') }
const ports = ['--port=18900', '--admin=18899']

/** Each peer with the program it needs: those that are not installed are left out. */
const known = [
  ['ours', 'sh'],
  ['node:PEER=rssparser', 'node'],
  ['node:PEER=feedparser', 'node'],
  ['newsboat', 'newsboat'],
  ['sfeed', 'sfeed_update'],
  ['rss2email:NOSEND=1', 'r2e'],
] as const

function succeeds(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { env, stdio: 'ignore' }).status === 0
}

function run(command: string, args: readonly string[]): SpawnSyncReturns<Buffer> {
  return spawnSync(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return ((sorted[(sorted.length - 1) >> 1] ?? Number.NaN) + (sorted[sorted.length >> 1] ?? Number.NaN)) / 2
}

/** A peer's lines of a phase; polls are numbered, since some peers send no conditional request before the third. */
function linesOf(lines: readonly Line[], peer: string, phase: string): readonly Line[] {
  return lines.filter((line) => line.peer === peer && line.phase === phase)
}

function seconds(lines: readonly Line[]): string {
  if (lines.length === 0) return '-'
  return `${median(lines.map(({ cpu }) => cpu)).toFixed(2)} (${median(lines.map(({ wall }) => wall)).toFixed(1)})`
}

function row(lines: readonly Line[], peer: string, best: readonly Line[]): string {
  const of = (phase: string) => linesOf(lines, peer, phase)
  const cold = of('cold')
  const ratio = median(cold.map(({ cpu }) => cpu)) / median(best.map(({ cpu }) => cpu))
  const query = of('query')
  const disk = of('disk')
  const polls = of('poll')
  const conditional = polls.reduce((sum, { server }) => sum + (server?.conditional ?? 0), 0)
  const requests = polls.reduce((sum, { server }) => sum + (server?.requests ?? 0), 0)
  return `| ${peer} | ${seconds(cold)} | ${Number.isFinite(ratio) ? ratio.toFixed(2) : '-'} | ${seconds(polls)} | ${requests === 0 ? '-' : `${Math.round((100 * conditional) / requests)} %`} | ${seconds(of('incr'))} | ${query.length === 0 ? '-' : `${Math.round(median(query.map(({ cpu }) => cpu * 1000)))} ms`} | ${Math.round(median(disk.map(({ count }) => count / 1024)))} | ${Math.round(Math.max(...cold.map(({ peakPssMiB, maxRssMiB }) => Math.max(peakPssMiB, maxRssMiB))))} |`
}

function print(lines: readonly Line[]): void {
  const peers = [...new Set(lines.map(({ peer }) => peer))]
  const reference = linesOf(lines, 'newsboat', 'cold')
  const body = peers.map((peer) => row(lines, peer, reference))
  process.stdout.write(`
${new Date().toISOString().slice(0, 10)}, ${feeds} feeds x 50 items, Node ${process.versions.node}, ${availableParallelism()} cores (${cpus()[0]?.model ?? '?'})
CPU seconds of the whole process tree, wall seconds in brackets, medians of ${new Set(lines.map(({ round }) => round)).size} rounds

| program | cold | CPU beside newsboat | nothing new | conditional | 5 % with 2 new | query, CPU | disk MiB | peak MiB |
|---|---|---|---|---|---|---|---|---|
${body.join('\n')}
`)
}

/** The kit's server shows the same feeds again for the same seed: what it planted is compared with what we stored. */
async function compareWithTruth(): Promise<void> {
  const server = spawn('node', [join(kit, 'server.mjs')], {
    env: { ...env, FEEDS: feeds, PORT: '18900', ADMIN: '18899' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await new Promise((resolve) => server.stdout.once('data', resolve))
    process.stdout.write('\n')
    run(process.execPath, [join(root, 'bench/truth.ts'), join(state, 'ours/presslark.db'), '18899'])
  } finally {
    server.kill()
  }
}

if (run('npm', ['run', '--silent', 'build']).status !== 0) process.exit(1)
mkdirSync(state, { recursive: true })
const out = join(state, 'results.jsonl')
rmSync(out, { force: true })
const installed = known.filter(([, command]) => succeeds('sh', ['-c', `command -v ${command}`]))
const peers = options.get('peers') ?? installed.map(([peer]) => peer).join(',')
const settings = [
  `--feeds=${feeds}`,
  `--rounds=${options.get('rounds') ?? '1'}`,
  `--state=${state}`,
  ...ports,
]
const phases = '--phases=cold,poll,poll,incr,query'
const { status } = run('node', [
  join(kit, 'bench.mjs'),
  `--peers=${peers}`,
  ...settings,
  phases,
  `--out=${out}`,
])
if (status !== 0) process.exit(status ?? 1)
const results = readFileSync(out, 'utf8').trim().split('\n')
print(results.map((line) => JSON.parse(line) as Line)) // the kit wrote it
if (peers.split(',').includes('ours')) await compareWithTruth()
