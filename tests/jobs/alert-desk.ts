// A desk with one alert over the store of desk.ts, and the ticks of a service that a test calls by hand.
import { createDigestHandler, type Desk, plan } from '../../src/jobs/index.ts'
import type { Alert } from '../../src/model/alert.ts'
import { alertStories } from '../../src/pipeline/alert-stories.ts'
import { fetched, openDesk } from './desk.ts'

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs
export const start = Date.parse('2026-11-20T06:00:00Z')

export const flash: Alert = {
  id: 'flash',
  name: 'Harvest flash',
  topics: ['harvest'],
  when: 'immediate',
  minimumOutlets: 1,
  maxAgeMs: dayMs,
  cooldownMs: 30 * minuteMs,
  spike: { hours: 3, factor: 3, minimum: 5 },
  timeZone: 'UTC',
  language: 'en',
  channels: [{ kind: 'email', to: ['a@desk.example', 'b@desk.example'] }],
  storiesPerSection: 5,
}
export const spring =
  'Farmers in the valley brought in the first wheat of the season after a wet spring that had kept the combines in their sheds until Tuesday'
export const strike =
  'Dockers at the northern port refused to load wheat on Thursday and asked the harbour master for a safer crane before work goes on'

/** A desk that has heard all its feeds before, with one alert; `tick` does what a service does every 15 seconds. */
export async function openFlash(alert: Alert = flash) {
  const opened = openDesk()
  const desk: Desk = { ...opened.desk, alerts: [alert] }
  const { store, ingest } = opened
  for (const feed of [1, 2, 3]) await ingest(feed, fetched(start - 60 * dayMs, []))
  store.alerts.register(alert.id, start)
  let clock = start
  const handle = createDigestHandler({
    store,
    desk: () => desk,
    now: () => clock,
    mailDomain: 'desk.example',
  })
  const issued = () =>
    store.editions
      .list(alert.id, 50)
      .toReversed()
      .map(({ window }) => store.editions.read(alert.id, window.until))
  return {
    store,
    desk,
    ingest,
    issued,
    told: () => issued().map((one) => (one ? alertStories(one.edition).map(({ lead }) => lead.title) : [])),
    tick: async (at: number) => {
      clock = at
      const jobs = plan(store, desk, at).flatMap((job) => (job.name === 'digest' ? [job] : []))
      for (const job of jobs) await handle(job)
      return jobs
    },
    handle,
  }
}
