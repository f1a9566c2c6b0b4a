// The other end of an asked thread: does what it is sent, one order after the other, and wakes whoever waits for the answer.
import { workerData } from 'node:worker_threads'
import type { AskedThreadData, Numbered, OrderAnswer } from './asked-thread.ts'
import type { Parcel } from './task-thread.ts'

/** Call it once, in the module that the thread begins with; `begin` gets what the thread was given. */
export function answerOrders<Given, Order, Answer>(
  begin: (given: Given) => (order: Order) => Parcel<Answer>,
): void {
  const { port, marks, given } = workerData as AskedThreadData // as createAskedThread gives it
  const wake = (): void => {
    Atomics.add(marks, 0, 1)
    Atomics.notify(marks, 0)
  }
  process.once('exit', () => {
    Atomics.store(marks, 1, 1)
    wake()
  })
  const tell = (answered: OrderAnswer<Answer>, transfer: Parcel<Answer>['transfer'] = []): void => {
    port.postMessage(answered, transfer)
    wake()
  }
  const answer = begin(given as Given) // as whoever began the thread typed it
  port.on('message', ({ id, order }: Numbered<Order>) => {
    try {
      const { content, transfer } = answer(order)
      tell({ id, answer: content }, transfer)
    } catch (error) {
      tell({ id, error })
    }
  })
}
