// The other end of a task thread: does what it is sent, one task after the other.
import { parentPort, workerData } from 'node:worker_threads'
import type { Answered, Sent } from './task-thread.ts'

/** Call it once, in the module that the thread begins with. Which task is in hand stands in shared memory, should the thread die of it. */
export function doTasks<Task, Result>(work: (task: Task) => Promise<Result>): void {
  const { inHand } = workerData as { inHand: Int32Array } // as createTaskThread gives it
  const answer = async ({ id, task }: Sent<Task>): Promise<Answered<Result>> => {
    try {
      return { id, result: await work(task) }
    } catch (error) {
      return { id, error }
    }
  }
  let last: Promise<unknown> = Promise.resolve()
  parentPort?.on('message', (sent: Sent<Task>) => {
    last = last.then(async () => {
      Atomics.store(inHand, 0, sent.id)
      parentPort?.postMessage(await answer(sent))
      Atomics.store(inHand, 0, 0)
    })
  })
}
