// npm run bench [-- NAME...]: the end-to-end figure, or the named parts (parse, loop, fetch, tag, search, echo, store, ingest, runners, edition, topics, growth); `all` for everything.
// npm run bench -- --peers [--kit=DIR ...]: side by side with other programs, see peers.ts.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const parts = [
  'end-to-end',
  'parse',
  'loop',
  'fetch',
  'tag',
  'search',
  'echo',
  'store',
  'ingest',
  'runners',
  'edition',
  'topics',
  'growth',
]
const asked = process.argv.slice(2)
const [first, ...peerOptions] = asked
if (first === '--peers') {
  const peers = join(import.meta.dirname, 'peers.ts')
  process.exit(spawnSync(process.execPath, [peers, ...peerOptions], { stdio: 'inherit' }).status ?? 1)
}
const chosen = asked.length === 0 ? ['end-to-end'] : asked.includes('all') ? parts : asked

for (const name of chosen) {
  if (!parts.includes(name)) {
    process.stderr.write(`bench: there is no "${name}"; known: ${parts.join(', ')}, all\n`)
    process.exit(2)
  }
  const file = join(import.meta.dirname, `${name}.ts`)
  process.stdout.write(`\n== ${name}\n`)
  const { status } = spawnSync(process.execPath, [file], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
