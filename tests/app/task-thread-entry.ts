// A thread for tests: it does as it is told, also what no thread should.
import { setTimeout as pause } from 'node:timers/promises'
import { doTasks } from '../../src/app/do-tasks.ts'
import type { Parcel } from '../../src/app/task-thread.ts'

export type Order = {
  readonly do: 'echo' | 'throw' | 'exit' | 'eat' | 'hang' | 'wait'
  readonly say?: unknown
}

const done: string[] = []

async function obey(order: Order): Promise<Parcel<string>> {
  const said = String(order.say ?? '')
  if (order.do === 'throw') throw new RangeError(said)
  if (order.do === 'exit') process.exit(3)
  if (order.do === 'hang') for (;;);
  if (order.do === 'eat') {
    const eaten: number[][] = []
    for (;;) eaten.push(new Array<number>(100_000).fill(eaten.length))
  }
  if (order.do === 'wait') await pause(5)
  done.push(said)
  return { content: done.join(' '), transfer: [] }
}

doTasks(obey)
