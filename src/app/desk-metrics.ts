// What stands in SQLite and in the queue, read when Prometheus asks and at most once in a few seconds.
import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { Gauge, type Registry } from 'prom-client'
import type { Desk } from '../jobs/index.ts'
import type { Instant } from '../model/time.ts'
import { parseCron } from '../pipeline/cron.ts'
import { longestGapMs } from '../pipeline/cron-gap.ts'
import type { Depths } from '../queue/index.ts'
import type { Gauges } from '../store/index.ts'
import type { WatchedStore } from './watched-store.ts'

/** The wait that is usual for each digest; computed again only when the configuration changed. */
function createUsualWaits(): (desk: Desk, now: Instant) => ReadonlyMap<string, number> {
  const known = new WeakMap<Desk, ReadonlyMap<string, number>>()
  return (desk, now) => {
    const before = known.get(desk)
    if (before !== undefined) return before
    const waits = desk.digests.flatMap(({ id, schedule, timeZone }) => {
      const parsed = parseCron(schedule)
      const waitMs = parsed.ok ? longestGapMs(parsed.cron, timeZone, now) : undefined
      return waitMs === undefined ? [] : [[id, waitMs] as const]
    })
    known.set(desk, new Map(waits))
    return new Map(waits)
  }
}

function createFeedGauges(registers: [Registry]): (gauges: Gauges) => void {
  const feeds = new Gauge({
    name: 'presslark_feeds',
    help: 'Feeds by how they are doing.',
    labelNames: ['state'],
    registers,
  })
  const due = new Gauge({
    name: 'presslark_feeds_due',
    help: 'Feeds whose time to be fetched has come, those being fetched included.',
    registers,
  })
  const overdue = new Gauge({
    name: 'presslark_feed_overdue_seconds',
    help: 'How long the feed has been due that waits longest.',
    registers,
  })
  return (gauges) => {
    for (const [state, count] of Object.entries(gauges.feeds)) feeds.set({ state }, count)
    due.set(gauges.feedsDue)
    overdue.set(gauges.overdueMs / 1000)
  }
}

function createDigestGauges(registers: [Registry]): (gauges: Gauges, desk: Desk, now: Instant) => void {
  const age = new Gauge({
    name: 'presslark_digest_age_seconds',
    help: 'Since the last edition of a digest was delivered; of a new digest, since it is known.',
    labelNames: ['digest'],
    registers,
  })
  const interval = new Gauge({
    name: 'presslark_digest_interval_seconds',
    help: 'The longest wait between two editions that the schedule of a digest foresees.',
    labelNames: ['digest'],
    registers,
  })
  const deliveries = new Gauge({
    name: 'presslark_deliveries',
    help: 'The latest 5,000 deliveries by state; failed ones were given up.',
    labelNames: ['state'],
    registers,
  })
  const overdue = new Gauge({
    name: 'presslark_delivery_overdue_seconds',
    help: 'How long ago the edition was due of which a delivery still waits, of the longest waiting one.',
    registers,
  })
  const usualWaits = createUsualWaits()
  return (gauges, desk, now) => {
    for (const gauge of [age, interval]) gauge.reset() // a digest may have left the configuration
    for (const { id } of desk.digests)
      age.set({ digest: id }, (now - (gauges.deliveredAt.get(id) ?? now)) / 1000)
    for (const [digest, waitMs] of usualWaits(desk, now)) interval.set({ digest }, waitMs / 1000)
    for (const [state, count] of Object.entries(gauges.deliveries)) deliveries.set({ state }, count)
    overdue.set(gauges.deliveryOverdueMs / 1000)
  }
}

function createFileGauges(registers: [Registry]): (gauges: Gauges, databasePath: string) => void {
  const database = new Gauge({
    name: 'presslark_database_bytes',
    help: 'Size of the SQLite file.',
    registers,
  })
  const wal = new Gauge({
    name: 'presslark_wal_bytes',
    help: 'Size of its write-ahead log.',
    registers,
  })
  const free = new Gauge({
    name: 'presslark_disk_free_bytes',
    help: 'Free space where the database lies.',
    registers,
  })
  return (gauges, databasePath) => {
    database.set(gauges.databaseBytes)
    wal.set(gauges.walBytes)
    const { bavail, bsize } = statfsSync(dirname(databasePath))
    free.set(bavail * bsize)
  }
}

/** Returns the function that fills the gauges of a process with a database. */
export function createStoreMetrics(
  registry: Registry,
  { gauges, desk, databasePath }: WatchedStore,
): () => void {
  const feeds = createFeedGauges([registry])
  const digests = createDigestGauges([registry])
  const files = createFileGauges([registry])
  return () => {
    const now = Date.now()
    const read = gauges(now)
    feeds(read)
    digests(read, desk(), now)
    files(read, databasePath)
  }
}

/** Returns the function that fills the gauges of the queue. */
export function createQueueMetrics(registry: Registry): (depths: Depths) => void {
  const jobs = new Gauge({
    name: 'presslark_queue_jobs',
    help: 'Jobs that wait, run, or failed and are kept for inspection; over Redis those of all processes.',
    labelNames: ['job', 'state'],
    registers: [registry],
  })
  return (depths) => {
    for (const [job, depth] of Object.entries(depths))
      for (const [state, count] of Object.entries(depth)) jobs.set({ job, state }, count)
  }
}

/** Returns the function that says which parts of a process answer. */
export function createPartMetrics(registry: Registry): (parts: Readonly<Record<string, string>>) => void {
  const up = new Gauge({
    name: 'presslark_part_up',
    help: 'Whether a part that the process needs answers: 1 or 0.',
    labelNames: ['part'],
    registers: [registry],
  })
  return (parts) => {
    for (const [part, state] of Object.entries(parts)) up.set({ part }, state === 'ok' ? 1 : 0)
  }
}
