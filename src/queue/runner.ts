// The contract that both runners keep, so that handlers never know which one runs them.
import type { Job, JobName, JobOf } from '../model/job.ts'

/** Does one job and returns the jobs that should follow. It must be safe to repeat: delivery is at least once. */
export type Handler<N extends JobName> = (job: JobOf<N>) => Promise<readonly Job[]>

/** A process may offer only some of them. */
export type Handlers = { readonly [N in JobName]?: Handler<N> }

/** How many jobs of one name run at the same time in this process. */
export type Concurrency = { readonly [N in JobName]?: number }

/** Fetching waits for the network, so many at once; SQLite has one writer; mail servers dislike crowds. */
export const defaultConcurrency = {
  fetch: 20,
  ingest: 1,
  digest: 1,
  deliver: 2,
} as const satisfies Record<JobName, number>

export type Runner = {
  /**
   * Takes jobs on. A job whose name and id are already waiting or running is dropped. Rejects with a `QueueError`,
   * never hangs; after a rejection some of the jobs may have been taken, so repeat the call with the same ids.
   */
  readonly enqueue: (jobs: readonly Job[]) => Promise<void>
  /** How many more jobs of this name may wait; rejects like `enqueue` when the queue cannot be reached. */
  readonly room: (name: JobName) => Promise<number>
  /** Resolves when nothing waits and nothing runs. */
  readonly idle: () => Promise<void>
  /**
   * Takes nothing new and resolves when what runs has ended, or after `graceMs` (8,000 by default). What still waits
   * is left where it is: in Redis, or to the schedule in SQLite, whose leases end.
   */
  readonly stop: (graceMs?: number) => Promise<void>
  /** How many jobs of each name there are: in this process, or with BullMQ in all of them. Rejects when Redis does not answer. */
  readonly depths: () => Promise<Depths>
}

/** Jobs that `failed` are kept by BullMQ only, for whoever looks into them. */
export type Depth = { readonly waiting: number; readonly running: number; readonly failed: number }
export type Depths = Readonly<Record<JobName, Depth>>

/** The one event that each job ends with. `error` is a single line, and there for `failed` only. */
export type JobEvent = {
  readonly job: JobName
  readonly id: string
  readonly outcome: 'done' | 'failed'
  readonly durationMs: number
  readonly followUps: number
  readonly error?: string
}

/** Every job name in the order of the line: what follows a job stands further right. */
export const jobNames = ['fetch', 'ingest', 'digest', 'deliver'] as const satisfies readonly JobName[]

/** How long `stop` lets running jobs finish when the caller does not say, in milliseconds. */
export const defaultGraceMs = 8_000

/** How many jobs of one name may wait before `enqueue` refuses more; the call that crosses the line is still taken. */
export const backlogMax = {
  fetch: 4_000, // twice what one tick claims: a feed had better wait in SQLite than in memory
  ingest: 20_000,
  digest: 1_000,
  deliver: 10_000,
} as const satisfies Record<JobName, number>
