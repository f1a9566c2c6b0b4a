// The work of a desk as a person sees it who looks into a queue: counts, what waits or failed and why, once more or never again.
import { existsSync } from 'node:fs'
import type { JobName } from '../model/job.ts'
import type { Instant } from '../model/time.ts'
import { type KeptJobs, openKeptJobs } from '../queue/index.ts'
import { type Backlog, openStore, type Store } from '../store/index.ts'
import { loadConfig } from './config.ts'
import { configFolder } from './config-folder.ts'

export type WorkItem = {
  readonly id: string // what `queue retry` and `queue drop` take
  readonly job: JobName
  readonly state: 'running' | 'waiting' | 'failed'
  readonly at?: Instant // since when it runs, when it is tried again, when it failed
  readonly reason?: string
  readonly what?: string
}
export type Count = {
  readonly job: JobName
  readonly waiting: number
  readonly running: number
  readonly failed: number
}

export type WorkDesk = {
  readonly transport: 'embedded' | 'redis'
  readonly look: () => Promise<{ readonly counts: readonly Count[]; readonly items: readonly WorkItem[] }>
  /** Does a failed job or an unsent delivery once more, now; false when there is none with this id. */
  readonly retry: (id: string) => Promise<boolean>
  /** Forgets a failed job, or gives up a delivery that waits for another try; false when there is none with this id. */
  readonly drop: (id: string) => Promise<boolean>
  readonly close: () => Promise<void>
}

const deliveryState = {
  pending: 'waiting',
  uncertain: 'waiting',
  sending: 'running',
  failed: 'failed',
  sent: 'waiting', // never in a backlog
} as const

function deliveryItems({ deliveries }: Backlog): readonly WorkItem[] {
  return deliveries.map(({ id, state, nextTryAt, detail, digestId, number, channel }) => ({
    id: `deliver-${id}`,
    job: 'deliver',
    state: deliveryState[state],
    at: nextTryAt,
    what: `${digestId} no. ${number} by ${channel.kind}`,
    ...(detail === undefined ? {} : { reason: detail }),
  }))
}

/** Of one process: SQLite is the schedule, so what waits in it is what its runner does next. */
function countsOf(backlog: Backlog, deliveries: readonly WorkItem[]): readonly Count[] {
  const inState = (state: WorkItem['state']): number =>
    deliveries.filter((item) => item.state === state).length
  return [
    { job: 'fetch', waiting: backlog.feedsDue, running: backlog.feedsClaimed, failed: 0 },
    { job: 'deliver', waiting: inState('waiting'), running: inState('running'), failed: inState('failed') },
  ]
}

/** Over Redis: the jobs there, and the deliveries of the outbox, which know more than their jobs. */
async function lookAtRedis(kept: KeptJobs, outbox: readonly WorkItem[]) {
  const [depths, jobs] = await Promise.all([kept.depths(), kept.list()])
  const givenUp = outbox.filter((item) => item.state !== 'running')
  const counts = Object.entries(depths).map(([job, depth]) => ({ job: job as JobName, ...depth })) // its keys are the names
  return { counts, items: [...jobs, ...givenUp] }
}

function deliveryId(id: string): number | undefined {
  const [, digits] = /^deliver-(\d+)$/.exec(id) ?? []
  return digits === undefined ? undefined : Number(digits)
}

function createDesk(store: Store | undefined, kept: KeptJobs | undefined): WorkDesk {
  /** Both may know the id: a job that failed, and the delivery it was about. */
  const both = async (
    id: string,
    inRedis: ((id: string) => Promise<boolean>) | undefined,
    inOutbox: ((id: number, now: Instant) => boolean) | undefined,
  ): Promise<boolean> => {
    const delivery = deliveryId(id)
    const [job, row] = [
      (await inRedis?.(id)) ?? false,
      delivery !== undefined && (inOutbox?.(delivery, Date.now()) ?? false),
    ]
    return job || row
  }
  const none: Backlog = { feedsDue: 0, feedsClaimed: 0, deliveries: [] }
  return {
    transport: kept === undefined ? 'embedded' : 'redis',
    look: async () => {
      const backlog = store?.upkeep.backlog(Date.now()) ?? none
      const items = deliveryItems(backlog)
      return kept === undefined ? { counts: countsOf(backlog, items), items } : lookAtRedis(kept, items)
    },
    retry: (id) => both(id, kept?.retry, store?.deliveries.retry),
    drop: (id) => both(id, kept?.drop, store?.deliveries.giveUp),
    close: async () => {
      await kept?.close()
      store?.close()
    },
  }
}

/** Opens the database if there is one, and Redis if it is configured. Throws ConfigError, StoreError or QueueError. */
export async function openWorkDesk(config?: string): Promise<WorkDesk> {
  const { settings } = await loadConfig(configFolder(config))
  const kept = settings.redisUrl === undefined ? undefined : await openKeptJobs(settings.redisUrl)
  try {
    const store = existsSync(settings.databasePath) ? openStore(settings.databasePath) : undefined
    return createDesk(store, kept)
  } catch (error) {
    await kept?.close()
    throw error
  }
}

/** The ids of everything that failed, for `--all`. */
export async function failedIds(desk: WorkDesk): Promise<readonly string[]> {
  const { items } = await desk.look()
  return [...new Set(items.filter(({ state }) => state === 'failed').map(({ id }) => id))]
}
