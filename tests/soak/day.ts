// C41: simulated hours in the life of a desk in this process: real feeds over loopback, a real file, and a clock that leaps from round to round.
import { rmSync, statSync } from 'node:fs'
import { oneRound } from '../../src/app/daily.ts'
import { createHandlers, createOutside, createRunner, openRoom } from '../../src/app/start.ts'
import { listen, rss, sourceLine, writeDesk } from '../app/local-desk.ts'

/** What could grow and must not, at one moment of the day. */
export type Sample = {
  readonly hour: number
  readonly rssMiB: number
  readonly resources: number // handles and requests that keep the process alive
  readonly listeners: number // of the process itself
  readonly walMiB: number
  readonly articles: number
}

const minuteMs = 60_000
const roundMinutes = 15
const reportEveryMs = 2 * 60 * minuteMs
const reportsShown = 12

/** A feed that has a new report every two hours, answers 304 in between, and shows the last dozen. */
async function openPress(now: () => number) {
  return listen(({ url = '', headers }, response) => {
    const newest = Math.floor(now() / reportEveryMs)
    const etag = `"${newest}"`
    if (headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end()
    const reports = Array.from({ length: reportsShown }, (_, back) => {
      const id = `${url}-${newest - back}`
      return {
        id,
        title: `Harvest ${id}`,
        text: `Wheat of ${id}, weighed ${((newest - back) * 7919) % 9973} times`,
      }
    })
    response.writeHead(200, { etag, 'content-type': 'application/rss+xml' }).end(rss(url, reports))
  })
}

/** Lets so many hours pass and takes a sample after each. Node may be started with --expose-gc for a steadier memory figure. */
export async function simulateHours(feeds: number, hours: number): Promise<readonly Sample[]> {
  // Between two reports, so that every day has the same number of them.
  const clock = { now: Math.ceil(Date.now() / reportEveryMs) * reportEveryMs - 30 * minuteMs }
  const now = () => clock.now
  const press = await openPress(now)
  const lines = Array.from({ length: feeds }, (_, n) => sourceLine(`s${n}`, `${press.origin}/${n}`))
  const folder = writeDesk({ sources: `sources:\n${lines.join('')}` })
  const room = openRoom({ config: `${folder}/config`, now: clock.now })
  const outside = createOutside(room, { perHostGapMs: 0 })
  const runner = await createRunner(room.config, await createHandlers(room, outside, {}, { now }), {})
  const samples: Sample[] = []
  for (let hour = 1; hour <= hours; hour++) {
    for (let minute = 0; minute < 60; minute += roundMinutes) {
      await oneRound(room, runner, now)
      clock.now += roundMinutes * minuteMs
    }
    samples.push({
      hour,
      ...measured(room.config.settings.databasePath),
      articles: room.store.stats(0).articles,
    })
  }
  await runner.stop()
  await outside.fetcher.close()
  await outside.deliverer.close()
  room.store.close()
  await press.close()
  rmSync(folder, { recursive: true, force: true })
  return samples
}

function measured(path: string): Omit<Sample, 'hour' | 'articles'> {
  globalThis.gc?.()
  const mib = (bytes: number) => Math.round((bytes / 2 ** 20) * 10) / 10
  return {
    rssMiB: mib(process.memoryUsage().rss),
    resources: process.getActiveResourcesInfo().length,
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
    walMiB: mib(statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0),
  }
}
