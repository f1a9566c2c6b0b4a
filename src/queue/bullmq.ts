// The runner for many machines: the same contract over BullMQ and Redis, which carry jobs but decide nothing.
import { setTimeout as pause } from 'node:timers/promises'
import type { Job, JobName } from '../model/job.ts'
import { atMost } from './at-most.ts'
import { type BullQueues, createBullQueues } from './bull-queues.ts'
import { type BullWorker, type BullWorkerOptions, startBullWorker } from './bull-worker.ts'
import { followPatiently } from './follow-patiently.ts'
import { QueueError } from './queue-error.ts'
import { createRedisLink, type RedisLink } from './redis-link.ts'
import {
  type Concurrency,
  type Depths,
  defaultConcurrency,
  defaultGraceMs,
  type Handlers,
  type JobEvent,
  jobNames,
  type Runner,
} from './runner.ts'
import { createTroubleTeller, type Trouble } from './trouble.ts'

export type BullOptions = {
  readonly redisUrl: string
  readonly handlers: Handlers
  /** The queues this process works on; those it has handlers for when absent. */
  readonly names?: readonly JobName[]
  readonly concurrency?: Concurrency
  readonly onEvent?: (event: JobEvent) => void
  /** What follows a job whose workers died again and again, so that it was given up; nothing when absent. */
  readonly afterDeaths?: (job: Job) => readonly Job[]
  /** Lost connections and the like, at most once a minute. */
  readonly onTrouble?: (trouble: Trouble) => void
  /** Keeps several desks in one Redis apart; `presslark` when absent. */
  readonly prefix?: string
  /** A job whose worker died runs again after at most `lockMs` and two checks; 10,000 and 5,000 when absent. */
  readonly lockMs?: number
  readonly stalledCheckMs?: number
}

export type BullRunner = Runner

type Running = { readonly queues: BullQueues; readonly workers: readonly BullWorker[] }
type State = {
  readonly names: readonly JobName[]
  readonly link: RedisLink
  readonly running: Promise<Running>
  stopped: boolean
  stopping?: Promise<void>
}

const firstContactWithinMs = 4_000

/**
 * Rejects with a `QueueError` when Redis is set up so that it would lose jobs. A Redis that is down is waited for in the
 * background: the runner is returned, says so through `onTrouble`, and `enqueue` rejects until Redis is there.
 */
export async function createBullRunner(options: BullOptions): Promise<BullRunner> {
  const trouble = createTroubleTeller(options.onTrouble ?? (() => undefined))
  const link = await createRedisLink(options.redisUrl, (error) => trouble('redis', error))
  const names = options.names ?? jobNames.filter((name) => options.handlers[name] !== undefined)
  const state: State = { names, link, stopped: false, running: link.checked.then(() => open()) }
  async function open(): Promise<Running> {
    if (state.stopped) throw new QueueError('stopped', 'the runner has stopped')
    return openQueues(options, state, (error) => trouble('worker', error))
  }
  state.running.catch((error) => trouble('redis', error))
  const first = await atMost(firstContactWithinMs, state.running).catch((error) => {
    link.close()
    throw error
  })
  if (first === 'late') trouble('redis', link.absent())
  return {
    enqueue: (jobs) => enqueue(state, jobs),
    room: async (name) => (await opened(state)).queues.room(name),
    depths: async () => (await opened(state)).queues.depths(),
    idle: () => idle(state),
    stop: (graceMs = defaultGraceMs) => (state.stopping ??= stop(state, graceMs)),
  }
}

async function openQueues(
  options: BullOptions,
  state: State,
  onError: (error: unknown) => void,
): Promise<Running> {
  const { names, link } = state
  const prefix = options.prefix ?? 'presslark'
  const queues = await createBullQueues(link, prefix, onError)
  const work: BullWorkerOptions = {
    link,
    prefix,
    handlers: options.handlers,
    concurrency: { ...defaultConcurrency, ...options.concurrency },
    lockMs: options.lockMs ?? 10_000,
    stalledCheckMs: options.stalledCheckMs ?? 5_000,
    follow: (jobs) =>
      followPatiently(
        () => queues.add(jobs),
        () => state.stopped,
      ),
    onEvent: options.onEvent,
    afterDeaths: options.afterDeaths,
    onError,
  }
  return { queues, workers: await Promise.all(names.map((name) => startBullWorker(name, work))) }
}

async function opened({ running, link }: State): Promise<Running> {
  const now = await atMost(firstContactWithinMs, running)
  if (now === 'late') throw link.absent()
  return now
}

async function enqueue(state: State, jobs: readonly Job[]): Promise<void> {
  if (state.stopped) throw new QueueError('stopped', 'the runner has stopped and takes no jobs')
  if (jobs.length === 0) return
  const { queues } = await opened(state)
  await queues.add(jobs)
}

// Asks rather than listens: other processes add and finish jobs too. A Redis that is away is waited for.
async function idle(state: State): Promise<void> {
  while (!state.stopped) {
    const depths = await opened(state)
      .then(({ queues }) => queues.depths())
      .catch(() => undefined)
    if (depths && isQuiet(state, depths)) return
    await pause(25)
  }
}

/** A process without handlers waits for all the queues, any other for those that it works on. */
function isQuiet({ names }: State, depths: Depths): boolean {
  const watched = names.length > 0 ? names : jobNames
  return watched.every((name) => depths[name].waiting === 0 && depths[name].running === 0)
}

async function stop(state: State, graceMs: number): Promise<void> {
  state.stopped = true
  const running = await atMost(0, state.running).catch(() => 'late' as const)
  if (running !== 'late') {
    await Promise.all(running.workers.map((worker) => worker.stop(graceMs)))
    await atMost(500, running.queues.close()).catch(() => undefined)
  }
  state.link.close()
}
