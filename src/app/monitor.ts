// What a process shows to monitors: its numbers, whether it lives, whether it can do its work.
import type { Runner } from '../queue/index.ts'
import { type ListenAddress, shownAddress } from './listen-address.ts'
import type { Metrics } from './metrics.ts'
import { type Page, type Pages, plain, serveMonitors } from './monitor-server.ts'
import type { Log } from './observe.ts'
import type { Observers } from './start.ts'
import type { WatchedStore } from './watched-store.ts'

/** The parts a process needs to do its work; a fetcher has no store. */
export type Watched = { readonly runner: Pick<Runner, 'depths'>; readonly store?: WatchedStore }

export type Monitor = {
  /** Tell them every event. */
  readonly observers: Observers
  /** From now on the process is ready as long as these parts answer. */
  readonly watch: (watched: Watched) => void
  readonly close: () => Promise<void>
}

type PartStates = Readonly<Record<string, 'ok' | 'failed'>>

const lookAgainAfterMs = 5_000 // however often somebody asks
const patienceMs = 2_000 // shorter than the patience of whoever asks us

async function works(look: () => void | Promise<void>): Promise<'ok' | 'failed'> {
  const late = Promise.withResolvers<'failed'>()
  const timer = setTimeout(() => late.resolve('failed'), patienceMs)
  const looked = Promise.resolve()
    .then(look)
    .then(() => 'ok' as const)
    .catch(() => 'failed' as const)
  return Promise.race([looked, late.promise]).finally(() => clearTimeout(timer))
}

/** Returns the function that looks at all parts, fills their gauges, and remembers the answer for five seconds. */
async function createLook(metrics: Metrics, { runner, store }: Watched): Promise<() => Promise<PartStates>> {
  const { createPartMetrics, createQueueMetrics, createStoreMetrics } = await import('./desk-metrics.ts')
  const fillParts = createPartMetrics(metrics.registry)
  const fillQueue = createQueueMetrics(metrics.registry)
  const fillStore = store && createStoreMetrics(metrics.registry, store)
  let last: { readonly at: number; readonly parts: Promise<PartStates> } | undefined
  async function look(): Promise<PartStates> {
    const queue = await works(async () => fillQueue(await runner.depths()))
    const parts: PartStates = { queue, ...(fillStore && { database: await works(fillStore) }) }
    fillParts(parts)
    return parts
  }
  return () => {
    if (last === undefined || performance.now() - last.at > lookAgainAfterMs)
      last = { at: performance.now(), parts: look() }
    return last.parts
  }
}

function readiness(parts: PartStates | undefined): Page {
  const ready = parts !== undefined && Object.values(parts).every((state) => state === 'ok')
  const body = JSON.stringify({ ready, parts: parts ?? { start: 'failed' } })
  return { status: ready ? 200 : 503, type: 'application/json', body: `${body}\n` }
}

async function listen(address: ListenAddress, name: string, log: Log): Promise<Monitor> {
  const { createMetrics } = await import('./metrics.ts')
  const metrics = createMetrics(name)
  let look: Promise<() => Promise<PartStates>> | undefined
  const parts = async (): Promise<PartStates | undefined> => look && (await look)()
  const pages: Pages = {
    '/healthz': () => ({ status: 200, type: plain, body: 'ok\n' }),
    '/readyz': async () => readiness(await parts()),
    '/metrics': async () => {
      await parts()
      return { status: 200, type: metrics.contentType, body: await metrics.text() }
    },
  }
  const server = await serveMonitors(address, pages, (error) =>
    log.error({ error: error.message }, 'the pages for monitors'),
  )
  log.info({ address: shownAddress({ ...address, port: server.port }) }, 'monitors may ask here')
  return {
    observers: metrics,
    watch: (watched) => {
      look = createLook(metrics, watched)
    },
    close: () => server.close(),
  }
}

/**
 * Listens at `address`, or does nothing at no cost when there is none. `name` is what the process does: run, scheduler,
 * fetch, ingest or digest. Rejects with a CommandError when it cannot listen there.
 */
export async function startMonitor(
  address: ListenAddress | undefined,
  name: string,
  log: Log,
): Promise<Monitor> {
  if (address !== undefined) return listen(address, name, log)
  return { observers: {}, watch: () => undefined, close: async () => undefined }
}
