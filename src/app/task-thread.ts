// A second thread of this process, for work that needs nothing but what it is given: tasks are done there one after the other, in the
// order they come. It begins with the first task and ends when it had none for a while. One that dies is begun again.
import type { Transferable, Worker } from 'node:worker_threads'
import { beginThread } from './begin-thread.ts'

/** What one task came to. `died`: the thread ended over it, twice. `unavailable`: there is no thread, so do it here. */
export type Done<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly because: 'died' | 'unavailable'; readonly detail: string }

/** A task or a result as it is sent: what is transferred is gone where it came from, so a task is packed anew for every attempt. */
export type Parcel<Content> = { readonly content: Content; readonly transfer: readonly Transferable[] }

export type TaskThread<Task, Result> = {
  /** Rejects with what the task threw, and for nothing else. */
  readonly run: (pack: () => Parcel<Task>) => Promise<Done<Result>>
  readonly isRunning: () => boolean
  /** Finishes what was sent, takes nothing new, and ends the thread. */
  readonly close: () => Promise<void>
}

export type TaskThreadOptions = {
  readonly entry: URL // a module that calls `doTasks`
  readonly name: string // for the warning when it dies
  readonly heapMiBMax: number
  readonly idleMs?: number // without a task, before it ends; 30 seconds
  readonly taskMsMax?: number // a task that takes longer never ends: the thread is ended; 2 minutes
}

/** What the two threads tell each other. */
export type Sent<Task> = { readonly id: number; readonly task: Task }
export type TaskAnswer<Result> =
  | { readonly id: number; readonly result: Result }
  | { readonly id: number; readonly error: unknown }

type Pending<Task, Result> = {
  readonly pack: () => Parcel<Task>
  readonly resolve: (done: Done<Result>) => void
  readonly reject: (error: unknown) => void
  deaths: number
}

type State<Task, Result> = {
  readonly options: TaskThreadOptions
  readonly pending: Map<number, Pending<Task, Result>> // oldest first
  readonly inHand: Int32Array // shared with the thread: the task it does now, 0 for none
  worker: Worker | undefined
  lastId: number
  futileDeaths: number // since the last answer, over no task
  isClosed: boolean
  whenEmpty: (() => void) | undefined
  idle: NodeJS.Timeout | undefined
}

const deathsOfOne = 2 // as with processes: the second time it is the task
const futileDeathsMax = 3 // a thread that cannot even begin is not tried for ever
const usualIdleMs = 30_000
const usualTaskMsMax = 120_000

/** Begins nothing yet. */
export function createTaskThread<Task, Result>(options: TaskThreadOptions): TaskThread<Task, Result> {
  const state: State<Task, Result> = {
    options,
    pending: new Map(),
    inHand: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
    worker: undefined,
    lastId: 0,
    futileDeaths: 0,
    isClosed: false,
    whenEmpty: undefined,
    idle: undefined,
  }
  return {
    run: (pack) => run(state, pack),
    isRunning: () => state.worker !== undefined,
    close: () => close(state),
  }
}

function run<Task, Result>(state: State<Task, Result>, pack: () => Parcel<Task>): Promise<Done<Result>> {
  if (state.isClosed || state.futileDeaths >= futileDeathsMax)
    return Promise.resolve({ ok: false, because: 'unavailable', detail: 'there is no second thread' })
  return new Promise((resolve, reject) => {
    const id = ++state.lastId
    state.pending.set(id, { pack, resolve, reject, deaths: 0 })
    if (state.worker === undefined) begin(state)
    else send(state, state.worker, id)
  })
}

function send<Task, Result>(state: State<Task, Result>, worker: Worker, id: number): void {
  const pending = state.pending.get(id)
  if (pending === undefined) return
  clearTimeout(state.idle)
  worker.ref() // the process stays for the answer, and for nothing else
  try {
    const { content, transfer } = pending.pack()
    worker.postMessage({ id, task: content } satisfies Sent<Task>, transfer)
  } catch (error) {
    pending.reject(error) // it cannot be sent
    forget(state, id)
  }
}

/** Begins the thread and gives it everything that was not answered, in order. */
function begin<Task, Result>(state: State<Task, Result>): void {
  const { entry, name, heapMiBMax, taskMsMax = usualTaskMsMax } = state.options
  const { inHand } = state
  const worker = beginThread(entry, { name, heapMiBMax, workerData: { inHand } })
  state.worker = worker
  let reason = 'it ended by itself'
  const stopWatching = watch(state, taskMsMax, () => {
    reason = `it took longer than ${taskMsMax / 1000} seconds`
    void worker.terminate()
  })
  worker.on('message', (answer: TaskAnswer<Result>) => settle(state, answer))
  worker.on('error', (error) => {
    reason = error instanceof Error ? error.message : String(error)
  })
  worker.on('exit', () => {
    stopWatching()
    bury(state, worker, reason)
  })
  for (const id of state.pending.keys()) send(state, worker, id)
}

/** Calls `giveUp` once when one task is in hand for too long. Returns what ends the watch. */
function watch<Task, Result>(
  { inHand }: State<Task, Result>,
  taskMsMax: number,
  giveUp: () => void,
): () => void {
  let seen = 0
  const timer = setInterval(() => {
    const now = Atomics.load(inHand, 0)
    if (now !== 0 && now === seen) giveUp()
    seen = now
  }, taskMsMax)
  timer.unref()
  return () => clearInterval(timer)
}

function settle<Task, Result>(state: State<Task, Result>, answer: TaskAnswer<Result>): void {
  const task = state.pending.get(answer.id)
  state.futileDeaths = 0
  if ('result' in answer) task?.resolve({ ok: true, result: answer.result })
  else task?.reject(answer.error)
  forget(state, answer.id)
}

function forget<Task, Result>(state: State<Task, Result>, id: number): void {
  state.pending.delete(id)
  if (state.pending.size > 0) return
  state.whenEmpty?.()
  state.worker?.unref()
  state.idle = setTimeout(() => retire(state), state.options.idleMs ?? usualIdleMs)
  state.idle.unref()
}

/** Ends a thread that has nothing to do. A task that comes while it ends begins another. */
function retire<Task, Result>(state: State<Task, Result>): void {
  const { worker } = state
  state.worker = undefined
  void worker?.terminate()
}

/** The thread is gone: whatever it was not over is sent to the next one. */
function bury<Task, Result>(state: State<Task, Result>, worker: Worker, reason: string): void {
  if (state.worker !== worker) return // it was retired
  state.worker = undefined
  if (state.pending.size === 0) return
  process.emitWarning(`the ${state.options.name} thread ended: ${reason}`)
  const id = Atomics.exchange(state.inHand, 0, 0)
  const culprit = state.pending.get(id)
  if (culprit === undefined) state.futileDeaths++
  else if (++culprit.deaths >= deathsOfOne) {
    culprit.resolve({ ok: false, because: 'died', detail: reason })
    forget(state, id)
  }
  if (state.futileDeaths >= futileDeathsMax) giveUp(state, reason)
  else if (state.pending.size > 0) begin(state)
}

function giveUp<Task, Result>(state: State<Task, Result>, detail: string): void {
  for (const [id, { resolve }] of state.pending) {
    resolve({ ok: false, because: 'unavailable', detail })
    forget(state, id)
  }
}

async function close<Task, Result>(state: State<Task, Result>): Promise<void> {
  state.isClosed = true
  if (state.pending.size > 0)
    await new Promise<void>((resolve) => {
      state.whenEmpty = resolve
    })
  clearTimeout(state.idle)
  await state.worker?.terminate()
}
