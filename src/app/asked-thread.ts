// A thread that answers while the one that asks stands still, as in the middle of a transaction; or has answered before, when it was asked
// in time. Orders are done one after the other.
import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  type Transferable,
} from 'node:worker_threads'
import { beginThread } from './begin-thread.ts'

export type AskedThread<Order, Answer> = {
  /** Sends an order and returns its number. What is transferred is gone. */
  readonly send: (order: Order, transfer?: readonly Transferable[]) => number
  readonly isAnswered: (id: number) => boolean
  /** The answer, once; waits for it. Throws what the order threw, and an error when the thread is gone or does not come back. */
  readonly answerTo: (id: number) => Answer
  /** Forgets the answer, which may be still to come. */
  readonly forget: (id: number) => void
  /** Ends the thread, whatever it is doing. */
  readonly end: () => void
}

export type AskedThreadOptions = {
  readonly entry: URL // a module that calls `answerOrders`
  readonly name: string
  readonly heapMiBMax: number
  readonly given: unknown // for the thread, from the beginning
  readonly patienceMs?: number // an answer that takes longer never comes; 2 minutes
  readonly onEnd: (reason: string) => void // told once, unless it was `end`
}

/** What the two threads tell each other. */
export type Numbered<Order> = { readonly id: number; readonly order: Order }
export type OrderAnswer<Answer> =
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly error: unknown }

/** What the thread begins with. It adds to the first of `marks` after each answer, and sets the second when it ends. */
export type AskedThreadData = {
  readonly port: MessagePort
  readonly marks: Int32Array
  readonly given: unknown
}

const usualPatienceMs = 120_000

/** Begins the thread. It never keeps the process alive. */
export function createAskedThread<Order, Answer>(options: AskedThreadOptions): AskedThread<Order, Answer> {
  const { entry, name, heapMiBMax, given, patienceMs = usualPatienceMs, onEnd } = options
  const { port1: port, port2 } = new MessageChannel()
  const marks = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT))
  const workerData: AskedThreadData = { port: port2, marks, given }
  const worker = beginThread(entry, { name, heapMiBMax, workerData, transferList: [port2] })
  worker.unref()
  let isOver = false
  const end = (reason?: string): void => {
    if (isOver) return
    isOver = true
    void worker.terminate()
    if (reason !== undefined) onEnd(reason)
  }
  worker.on('error', (error) => end(error instanceof Error ? error.message : String(error)))
  worker.on('exit', () => end('it ended by itself'))
  const came = new Map<number, OrderAnswer<Answer>>()
  const forgotten = new Set<number>()
  const receive = (): void => {
    for (let one = receiveMessageOnPort(port); one !== undefined; one = receiveMessageOnPort(port)) {
      const answered: OrderAnswer<Answer> = one.message // as `answerOrders` sends it
      if (!forgotten.delete(answered.id)) came.set(answered.id, answered)
    }
  }
  const wait = (id: number): OrderAnswer<Answer> => {
    for (;;) {
      const seen = Atomics.load(marks, 0)
      receive()
      const answered = came.get(id)
      if (answered !== undefined) return answered
      if (Atomics.load(marks, 1) !== 0)
        end('it ended by itself') // nobody hears of it who stands still
      else if (!isOver && Atomics.wait(marks, 0, seen, patienceMs) === 'timed-out')
        end(`it took longer than ${patienceMs / 1000} seconds`)
      if (isOver) throw new Error(`the ${name} thread is gone`)
    }
  }
  let lastId = 0
  return {
    send: (order, transfer = []) => {
      port.postMessage({ id: lastId + 1, order } satisfies Numbered<Order>, transfer)
      return ++lastId
    },
    isAnswered: (id) => {
      receive()
      return came.has(id)
    },
    answerTo: (id) => {
      const answered = wait(id)
      came.delete(id)
      if ('error' in answered) throw answered.error
      return answered.answer
    },
    forget: (id) => {
      if (!came.delete(id)) forgotten.add(id)
    },
    end: () => end(),
  }
}
