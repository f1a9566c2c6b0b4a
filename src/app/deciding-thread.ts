// Decides about items in a thread of its own while much comes in: what the writer is about to store is decided there while it stores what
// came before. With little to do, or without a second core, it is decided in this thread.
import { setFlagsFromString } from 'node:v8'
import { createEcho, createLanguageLinker, type Desk, type Echo, type LanguageLinker } from '../jobs/index.ts'
import type { Instant } from '../model/time.ts'
import type { Question, Verdict } from '../pipeline/judge.ts'
import { type PackedQuestions, packQuestions } from '../pipeline/packed-questions.ts'
import { unpackVerdicts } from '../pipeline/packed-verdicts.ts'
import type { Store } from '../store/index.ts'
import { type AskedThread, createAskedThread } from './asked-thread.ts'
import type { DecidingAnswer, DecidingGiven, DecidingOrder } from './deciding-order.ts'

export type DecidingOptions = {
  readonly store: Store
  readonly databasePath: string
  readonly desk: () => Desk
  readonly now: () => Instant
  /** Whether there is so much to do now that a thread is worth its start. */
  readonly isWanted: () => boolean
}

type Thread = AskedThread<DecidingOrder, DecidingAnswer>

const heapMiBMax = 1_024

/** The module beside this one, from sources and from dist/ alike. */
const entry = new URL(
  import.meta.url.endsWith('.ts') ? './deciding-thread-entry.ts' : './deciding-thread-entry.js',
  import.meta.url,
)

/** Questions on their way. `answer` waits for what came of them, and comes to the same whenever it is called, also when that is an error. */
type Announced = {
  readonly questions: readonly Question[]
  readonly id: number
  readonly answer: () => DecidingAnswer
}

/** The thread at work: what was announced to it and not yet asked for, and what it said last. */
type Apart = {
  readonly thread: Thread
  changesSeen: number // the last change of stories by hand that it knows
  announced: readonly Announced[]
  nextReportId: number // of the next report that is to be stored
}

/** A thread that reads the archive, while it is decided here. */
type Beginning = { readonly thread: Thread; readonly loadId: number; readonly changesSeen: number }

type State = DecidingOptions & {
  readonly linker: LanguageLinker
  own: Echo // in this thread
  beginning: Beginning | undefined
  apart: Apart | undefined
  isOver: boolean // there is no thread any more, and there will be none
}

/** Begins no thread yet. The thread ends with `settle`, or when it dies: then it is decided here. */
export function createDecidingEcho(options: DecidingOptions): Echo {
  const linker = createLanguageLinker(options.store, options.desk)
  const own = createEcho(options.store, options.desk, linker)
  const state: State = { ...options, linker, own, beginning: undefined, apart: undefined, isOver: false }
  const { store } = options
  return {
    judge: (questions) =>
      state.apart === undefined ? state.own.judge(questions) : judge(state.apart, questions),
    looksAhead: () => looksAhead(state),
    announce: (questions) => {
      const { apart } = state
      if (apart === undefined) return
      apart.announced = [...apart.announced, sent(state, apart, questions)]
    },
    isAnnounced: (questions) => state.apart?.announced.some((one) => one.questions === questions) ?? false,
    writeReports: (reports) => {
      if (state.apart === undefined) state.own.writeReports(reports)
      else writeReports(store, state.apart, reports)
    },
    linkLanguages: linker.link,
    forget: (now) => (state.apart === undefined ? state.own.forget(now) : forget(state, state.apart, now)),
    follow: (now) => {
      const { apart } = state
      if (apart === undefined) state.own.follow(now)
      else if (store.storyChanges.latest() !== apart.changesSeen) rebuild(state, apart, now)
    },
    rebuild: (now) => (state.apart === undefined ? state.own.rebuild(now) : rebuild(state, state.apart, now)),
    settle: (now) => settle(state, now),
  }
}

function looksAhead(state: State): boolean {
  const { apart, beginning, isOver } = state
  if (apart !== undefined) return true
  if (isOver) return false
  if (beginning === undefined) {
    if (state.isWanted()) begin(state)
    return false
  }
  if (!beginning.thread.isAnswered(beginning.loadId)) return false
  takeOver(state, beginning)
  return true
}

// With three threads at work no core is idle that could help to collect new objects: 1.06 times as many entries a second, means of seven
// turns each with two cores.
const collectAlone = '--no-parallel-scavenge'

function begin(state: State): void {
  const { store, databasePath, now } = state
  setFlagsFromString(collectAlone)
  const given: DecidingGiven = { databasePath }
  const onEnd = (reason: string): void => {
    process.emitWarning(`the deciding thread ended: ${reason}`)
    leave(state)
  }
  const thread: Thread = createAskedThread({ entry, name: 'deciding', heapMiBMax, given, onEnd })
  const changesSeen = store.storyChanges.latest() // before it reads: what changes meanwhile is read once more
  const loadId = thread.send({ act: 'load', desk: listening(state), now: now() })
  state.beginning = { thread, loadId, changesSeen }
}

function listening({ desk }: State): Extract<DecidingOrder, { act: 'load' }>['desk'] {
  const { sources, topics } = desk()
  return { sources, topics }
}

/** From here on the thread decides. Call it between two transactions. */
function takeOver(state: State, { thread, loadId, changesSeen }: Beginning): void {
  try {
    thread.answerTo(loadId)
    thread.answerTo(thread.send({ act: 'catch up', desk: listening(state), now: state.now() }))
  } catch (error) {
    thread.end()
    leave(state)
    process.emitWarning(`the deciding thread could not begin: ${String(error)}`)
    return
  }
  state.beginning = undefined
  state.apart = { thread, changesSeen, announced: [], nextReportId: 0 }
  state.own = createEcho(state.store, state.desk, state.linker) // what it knew would only grow old
}

/** Without the thread: what it knew is read from the store when it is next needed. */
function leave(state: State): void {
  Object.assign(state, { beginning: undefined, apart: undefined, isOver: true })
}

type Asking = Extract<DecidingOrder, { readonly act: 'judge' | 'judge ahead' }>

function ask(
  thread: Thread,
  questions: readonly Question[],
  order: (packed: PackedQuestions) => Asking,
): number {
  const packed = packQuestions(questions)
  return thread.send(order(packed), [
    packed.instants.buffer,
    packed.prints.buffer,
    packed.texts.lengths.buffer,
  ])
}

function sent({ now }: State, { thread }: Apart, questions: readonly Question[]): Announced {
  const id = ask(thread, questions, (packed) => ({ act: 'judge ahead', questions: packed, now: now() }))
  return { questions, id, answer: once(() => thread.answerTo(id)) }
}

function once<T>(ask: () => T): () => T {
  let came: (() => T) | undefined
  return () => {
    came ??= ended(ask)
    return came()
  }
}

/** How a call ended, to be met again as often as one likes. */
function ended<T>(call: () => T): () => T {
  try {
    const result = call()
    return () => result
  } catch (error) {
    return () => {
      throw error
    }
  }
}

function judge(apart: Apart, questions: readonly Question[]): readonly Verdict[] {
  const { thread } = apart
  const [next, ...others] = apart.announced
  if (next !== undefined && next.questions !== questions)
    throw new Error('other entries were announced than are to be stored')
  apart.announced = others
  const { judged } =
    next === undefined
      ? thread.answerTo(ask(thread, questions, (packed) => ({ act: 'judge', questions: packed })))
      : next.answer()
  if (judged === undefined) throw new Error('the deciding thread gave no verdicts')
  apart.nextReportId = judged.firstReportId
  return unpackVerdicts(judged.verdicts)
}

function writeReports(store: Store, apart: Apart, reports: Parameters<Echo['writeReports']>[0]): void {
  for (const report of reports) {
    const expected = apart.nextReportId++
    if (store.echo.add(report) !== expected) throw new Error(`another process stored report ${expected}`)
  }
}

/** The thread does not answer what was announced when it is time to note how its indexes stand: only now all that it knows is stored. */
function forget(state: State, apart: Apart, now: Instant): void {
  const { thread, announced } = apart
  const [next] = announced
  if (next !== undefined && !isNoteDue(next)) return
  for (const { id } of announced.slice(1)) thread.forget(id)
  thread.answerTo(thread.send({ act: 'forget', now }))
  apart.announced = announced.map(({ questions }) => sent(state, apart, questions))
}

/** Whether the thread has more to do than to forget before it answers. What went wrong instead is told when it is judged. */
function isNoteDue({ answer }: Announced): boolean {
  try {
    return answer().judged === undefined
  } catch {
    return false
  }
}

function rebuild(state: State, apart: Apart, now: Instant): void {
  const { linker, store } = state
  linker.reset()
  for (const { id } of apart.announced) apart.thread.forget(id)
  apart.announced = []
  apart.changesSeen = store.storyChanges.latest()
  apart.thread.answerTo(apart.thread.send({ act: 'load', desk: listening(state), now }))
}

/** Notes what the thread knows and ends it. What was announced and never stored is in its indexes: then nothing is noted. */
function settle(state: State, now: Instant): boolean {
  const { apart, beginning, own } = state
  beginning?.thread.end()
  leave(state)
  if (apart === undefined) return own.settle(now)
  const { thread, announced } = apart
  try {
    const isStored = announced.length === 0
    return isStored && thread.answerTo(thread.send({ act: 'settle', now })).hasSettled === true
  } finally {
    closeThread(thread)
  }
}

/** Its connection is closed first, or the log beside the file would stay when ours is closed. */
function closeThread(thread: Thread): void {
  try {
    thread.answerTo(thread.send({ act: 'close' }))
  } finally {
    thread.end()
  }
}
