// The right to write the archive of a database: one process at a time has it, by a name and a heartbeat that stand in the database.
import { setTimeout as pause } from 'node:timers/promises'
import type { Handlers } from '../queue/index.ts'
import type { Store } from '../store/index.ts'
import { CommandError, exitCodes } from './exit.ts'
import type { Log } from './observe.ts'
import { hasEnded, processName } from './process-name.ts'

export type WriterLease = {
  /** Resolves when another process has taken over, because this one was asleep or held up for a minute. Who it is. */
  readonly lost: Promise<string>
  /** The handlers, of which `ingest` throws once the lease is lost: what it was to store is fetched again. */
  readonly guard: (handlers: Handlers) => Handlers
  readonly release: () => void
}

type LockedStore = Pick<Store, 'serviceLock'>

const heartbeatMs = 5_000 // the lease ends a minute after the last one
const lookAgainMs = 1_000

/** Takes the lease, also from a process of this machine that has ended, and keeps it until released; undefined when another holds it. */
export function takeLease({ serviceLock }: LockedStore): WriterLease | undefined {
  const holder = serviceLock.holder()
  if (holder !== undefined && hasEnded(holder)) serviceLock.release(holder)
  const name = processName()
  if (!serviceLock.hold(name, Date.now())) return undefined
  const lost = Promise.withResolvers<string>()
  const beat = (): void => {
    if (!serviceLock.hold(name, Date.now())) lost.resolve(serviceLock.holder() ?? 'nobody')
  }
  const timer = setInterval(() => whenPossible(beat), heartbeatMs)
  timer.unref()
  return {
    lost: lost.promise,
    guard: (handlers) => guarded(handlers, serviceLock, name),
    release: () => {
      clearInterval(timer)
      serviceLock.release(name)
    },
  }
}

/** A database that is locked or full just now takes no heartbeat from anybody; the next one is soon enough. */
function whenPossible(beat: () => void): void {
  try {
    beat()
  } catch {}
}

function guarded(handlers: Handlers, serviceLock: LockedStore['serviceLock'], name: string): Handlers {
  const { ingest } = handlers
  if (ingest === undefined) return handlers
  return {
    ...handlers,
    ingest: async (job) => {
      const holder = serviceLock.holder()
      if (holder !== name) throw new Error(`${holder ?? 'another process'} writes to this database now`)
      return ingest(job)
    },
  }
}

/** Throws CommandError when another process holds the lease. */
export function takeLeaseOrEnd(store: LockedStore): WriterLease {
  const lease = takeLease(store)
  if (lease !== undefined) return lease
  throw new CommandError(
    `another presslark (${store.serviceLock.holder() ?? 'unknown'}) runs on this database`,
    'stop it first, or name another database in presslark.yaml',
    exitCodes.database,
  )
}

/** Waits until the lease is free, telling once who holds it; undefined when `signal` came first. */
export async function waitForLease(
  store: LockedStore,
  log: Log,
  signal: Promise<void>,
): Promise<WriterLease | undefined> {
  let isAsked = false
  void signal.then(() => {
    isAsked = true
  })
  for (let isTold = false; !isAsked; isTold = true) {
    const lease = takeLease(store)
    if (lease !== undefined) return lease
    if (!isTold)
      log.warn(
        { holder: store.serviceLock.holder() },
        'another process writes to this database; this one takes over when it ends or falls silent for a minute',
      )
    await Promise.race([pause(lookAgainMs), signal])
  }
  return undefined
}

/** What the log says when the lease was lost. */
export const lostLease =
  'another process has taken over this database while this one did not move; this one ends'

/** Resolves to undefined when `signal` comes, or to the successor when the lease is lost first. */
export async function endOf(
  lease: WriterLease | undefined,
  signal: Promise<void>,
): Promise<string | undefined> {
  const asked = signal.then(() => undefined)
  return lease === undefined ? asked : Promise.race([asked, lease.lost])
}
