// The other end of a task thread: does what it is sent, one task after the other.
import { parentPort, type Transferable, workerData } from 'node:worker_threads'
import type { Parcel, Sent, TaskAnswer } from './task-thread.ts'

/** Call it once, in the module that the thread begins with. Which task is in hand stands in shared memory, should the thread die of it. */
export function doTasks<Task, Result>(work: (task: Task) => Promise<Parcel<Result>>): void {
  const { inHand } = workerData as { inHand: Int32Array } // as createTaskThread gives it
  const tell = (answer: TaskAnswer<Result>, transfer: readonly Transferable[] = []): void =>
    parentPort?.postMessage(answer, transfer)
  const answer = async ({ id, task }: Sent<Task>): Promise<void> => {
    try {
      const { content, transfer } = await work(task)
      tell({ id, result: content }, transfer)
    } catch (error) {
      tell({ id, error })
    }
  }
  let last: Promise<unknown> = Promise.resolve()
  parentPort?.on('message', (sent: Sent<Task>) => {
    last = last.then(async () => {
      Atomics.store(inHand, 0, sent.id)
      await answer(sent)
      Atomics.store(inHand, 0, 0)
    })
  })
}
