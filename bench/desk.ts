// The desk under the clock: a configuration over the server's feeds, a cold round, a round with nothing new. Prints one JSON line.
import { copyFileSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { oneRound } from '../src/app/daily.ts'
import { createHandlers, createOutside, createRunner, openRoom } from '../src/app/start.ts'

const [folder = '', port = '', feedCount = '0'] = process.argv.slice(2)
const root = join(import.meta.dirname, '..')

function writeConfig(): void {
  const config = join(folder, 'config')
  mkdirSync(config)
  copyFileSync(join(root, 'config/topics.yaml'), join(config, 'topics.yaml'))
  writeFileSync(join(config, 'presslark.yaml'), 'database: ./bench.db\nhttp: { concurrency: 50 }\n')
  writeFileSync(join(config, 'digests.yaml'), 'digests: []\n')
  const sources = Array.from(
    { length: Number(feedCount) },
    (_, n) =>
      `  - {id: s${n}, name: Outlet ${n}, feeds: [{url: "http://127.0.1.${(n % 200) + 1}:${port}/${n}.xml", allowPrivate: true}]}`,
  )
  writeFileSync(join(config, 'sources.yaml'), `sources:\n${sources.join('\n')}\n`)
}

writeConfig()
const room = await openRoom({ config: join(folder, 'config') })
const outside = createOutside(room, { perHostGapMs: 0 })
const empty = { feeds: 0, items: 0, new: 0, copies: 0, unchanged: 0, failed: 0 }
let sum = { ...empty }
let matches = 0
const handlers = await createHandlers(room, outside, {
  onIngested: (event) => {
    sum.feeds++
    sum.items += event.counts.items
    sum.new += event.counts.new
    sum.copies += event.counts.duplicates
    if (event.outcome.kind === 'not-modified') sum.unchanged++
    if (event.outcome.kind === 'failed') sum.failed++
    matches += event.matches
  },
})
const runner = await createRunner(room.config, handlers, {})

async function round(name: string): Promise<object> {
  sum = { ...empty }
  const cpu = process.cpuUsage()
  const startedAt = performance.now()
  await oneRound(room, runner, Date.now)
  const { user, system } = process.cpuUsage(cpu)
  return { name, wallMs: performance.now() - startedAt, cpuMs: (user + system) / 1000, ...sum }
}

const cold = await round('cold')
room.store.feeds.makeDue(room.store.feeds.list().map(({ id }) => id))
const quiet = await round('nothing new')
await runner.stop()
await outside.fetcher.close()
room.store.checkpoint()
const { articles } = room.store.stats(0)
room.store.close()
const report = {
  rounds: [cold, quiet],
  peakMiB: process.resourceUsage().maxRSS / 1024,
  databaseMiB: statSync(join(folder, 'bench.db')).size / 2 ** 20,
  articles,
  matches,
}
process.stdout.write(`${JSON.stringify(report)}\n`)
