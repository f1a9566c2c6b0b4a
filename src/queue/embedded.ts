// The default runner: in this process, without a server. What waits lives in memory only, because SQLite is the schedule.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Job, JobName } from '../model/job.ts'
import { atMost } from './at-most.ts'
import { QueueError } from './queue-error.ts'
import { jobEvent, runJob, tell } from './run-job.ts'
import {
  backlogMax,
  type Concurrency,
  type Depth,
  type Depths,
  defaultConcurrency,
  defaultGraceMs,
  type Handlers,
  type JobEvent,
  jobNames,
  type Runner,
} from './runner.ts'
import { unwrittenBytesOf } from './unwritten-bytes.ts'
import { createWaitingLine, type WaitingLine } from './waiting-line.ts'

export type EmbeddedOptions = {
  readonly handlers: Handlers
  /** Defaults to 20 fetches, 1 ingest, 1 digest and 2 deliveries at a time. */
  readonly concurrency?: Concurrency
  readonly onEvent?: (event: JobEvent) => void
}

type State = {
  readonly options: EmbeddedOptions
  readonly limits: Readonly<Record<JobName, number>>
  readonly lines: Readonly<Record<JobName, WaitingLine>>
  unwrittenFeeds: number // read, whose outcomes wait for the writer or are with it
  unwrittenBytes: number // of them
  stopped: boolean
  whenQuiet: (() => void)[]
}

// A parsed feed may take a megabyte, so fetching slows down while outcomes wait for the one writer, and pauses while there are this
// many, or so many bytes of feeds: enough that the writer never waits, whatever its speed.
const unwrittenFeedsMax = 16
const unwrittenBytesMax = 4 * 1024 * 1024
/** With those that hold no feed, such as a 304: they are small, and the more of them wait, the fewer transactions they take. */
const unwrittenOutcomesMax = 256

/** A runner of this process. Jobs of a name without a handler end as failed, since nobody else could run them. */
export function createEmbeddedRunner(options: EmbeddedOptions): Runner {
  const state: State = {
    options,
    limits: { ...defaultConcurrency, ...options.concurrency },
    lines: {
      fetch: createWaitingLine(),
      ingest: createWaitingLine(),
      digest: createWaitingLine(),
      deliver: createWaitingLine(),
    },
    unwrittenFeeds: 0,
    unwrittenBytes: 0,
    stopped: false,
    whenQuiet: [],
  }
  return {
    enqueue: async (jobs) => enqueue(state, jobs),
    room: async (name) => Math.max(0, backlogMax[name] - state.lines[name].waiting),
    idle: () => quiet(state),
    stop: (graceMs = defaultGraceMs) => stop(state, graceMs),
    depths: async () => depths(state),
  }
}

function enqueue(state: State, jobs: readonly Job[]): void {
  if (state.stopped) throw new QueueError('stopped', 'the runner has stopped and takes no jobs')
  const full = jobs.find(({ name }) => state.lines[name].waiting >= backlogMax[name])
  if (full) throw new QueueError('backlog-full', `too many ${full.name} jobs wait already`)
  addAll(state, jobs)
  startWhatMay(state)
}

function addAll(state: State, jobs: readonly Job[]): void {
  for (const job of jobs) if (state.lines[job.name].add(job)) note(state, unwrittenBytesOf(job), 1)
}

/** Counts what begins to wait, or waits no more, if it holds a feed. */
function note(state: State, bytes: number | undefined, sign: 1 | -1): void {
  if (bytes === undefined) return
  state.unwrittenFeeds += sign
  state.unwrittenBytes += sign * bytes
}

function startWhatMay(state: State): void {
  for (const name of jobNames) {
    while (mayStart(state, name)) {
      const job = state.lines[name].take()
      if (job === undefined) break
      void run(state, job)
    }
  }
}

function mayStart(state: State, name: JobName): boolean {
  const { stopped, lines, limits } = state
  if (stopped || lines[name].running >= limits[name]) return false
  return name !== 'fetch' || lines.fetch.running < fetchesBesideBacklog(state)
}

/** Every fetch may come back while the writer is busy: the more waits for it, the fewer run. */
function fetchesBesideBacklog({ limits, lines: { ingest }, unwrittenFeeds, unwrittenBytes }: State): number {
  const outcomes = (ingest.waiting + ingest.running) / unwrittenOutcomesMax
  const waiting = Math.max(outcomes, unwrittenFeeds / unwrittenFeedsMax, unwrittenBytes / unwrittenBytesMax)
  return Math.ceil(limits.fetch * (1 - waiting))
}

async function run(state: State, job: Job): Promise<void> {
  await nextTurn() // handlers may hold the thread (SQLite is synchronous): timers and sockets get their turn in between
  const startedAt = performance.now()
  const ending = await runJob(state.options.handlers, job)
  if (ending.ok && !state.stopped) addAll(state, ending.followUps)
  state.lines[job.name].end(job)
  note(state, unwrittenBytesOf(job), -1)
  tell(state.options.onEvent, jobEvent(job, ending, startedAt))
  startWhatMay(state)
  tellWhoWaits(state)
}

function quiet(state: State): Promise<void> {
  return new Promise((resolve) => {
    state.whenQuiet.push(resolve)
    tellWhoWaits(state)
  })
}

function tellWhoWaits(state: State): void {
  if (jobNames.some((name) => state.lines[name].running > 0 || state.lines[name].waiting > 0)) return
  const callers = state.whenQuiet
  state.whenQuiet = []
  for (const resolve of callers) resolve()
}

async function stop(state: State, graceMs: number): Promise<void> {
  state.stopped = true
  for (const name of jobNames) state.lines[name].clear()
  await atMost(graceMs, quiet(state))
}

function depths({ lines: { fetch, ingest, digest, deliver } }: State): Depths {
  const depth = ({ waiting, running }: WaitingLine): Depth => ({ waiting, running, failed: 0 })
  return { fetch: depth(fetch), ingest: depth(ingest), digest: depth(digest), deliver: depth(deliver) }
}
