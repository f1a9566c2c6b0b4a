// A second thread that works, dies, hangs and cannot begin: no task is lost, and one that kills it twice is named.
import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createTaskThread, type TaskThreadOptions } from '../../src/app/task-thread.ts'
import type { Order } from './task-thread-entry.ts'

const entry = pathToFileURL(join(import.meta.dirname, 'task-thread-entry.ts'))

function open(options: Partial<TaskThreadOptions> = {}) {
  const thread = createTaskThread<Order, string>({ entry, name: 'test', heapMiBMax: 64, ...options })
  onTestFinished(() => thread.close())
  const run = (task: Order) => thread.run(() => ({ content: task, transfer: [] }))
  return { ...thread, run }
}

const echo = (say: string): Order => ({ do: 'echo', say })

describe('a task thread', () => {
  it('does tasks in the order they come, one after the other', async () => {
    const { run } = open()
    const all = [run({ do: 'wait', say: 'a' }), run(echo('b')), run({ do: 'wait', say: 'c' }), run(echo('d'))]
    expect((await Promise.all(all)).map((done) => done.ok && done.result)).toEqual([
      'a',
      'a b',
      'a b c',
      'a b c d',
    ])
  })

  it('hands on what a task throws, and goes on', async () => {
    const { run } = open()
    await expect(run({ do: 'throw', say: 'too far' })).rejects.toThrow(new RangeError('too far'))
    expect(await run(echo('next'))).toEqual({ ok: true, result: 'next' })
  })

  it('tells who asked when a task cannot be sent', async () => {
    const { run } = open()
    const unsendable = run({ do: 'echo', say: () => 'a function' })
    await expect(unsendable).rejects.toThrow('could not be cloned')
    expect(await run(echo('next'))).toMatchObject({ result: 'next' })
  })

  it.each([
    ['ends itself', 'exit', 'it ended by itself'],
    ['needs more memory than it may have', 'eat', 'memory limit'],
  ] as const)('that %s is begun again: the task is tried twice, the others once', async (_, deed, why) => {
    const warned = once(process, 'warning')
    const { run } = open()
    const [before, deadly, behind, last] = [
      run(echo('before')),
      run({ do: deed }),
      run(echo('behind')),
      run(echo('last')),
    ]
    expect(await before).toEqual({ ok: true, result: 'before' })
    expect(await deadly).toEqual({ ok: false, because: 'died', detail: expect.stringContaining(why) })
    expect(await behind).toEqual({ ok: true, result: 'behind' }) // of a thread that remembers nothing
    expect(await last).toEqual({ ok: true, result: 'behind last' })
    expect(String(await warned)).toContain('the test thread ended')
  })

  it('that hangs is ended, and what waited is done', async () => {
    const { run } = open({ taskMsMax: 100 })
    const [hanging, behind] = [run({ do: 'hang' }), run(echo('behind'))]
    expect(await hanging).toMatchObject({ because: 'died', detail: 'it took longer than 0.1 seconds' })
    expect(await behind).toEqual({ ok: true, result: 'behind' })
  })

  it('that cannot begin leaves every task to who asked', async () => {
    const { run } = open({ entry: new URL('file:///nowhere/at-all.js') })
    const all = await Promise.all([run(echo('a')), run(echo('b'))])
    expect(all.map((done) => !done.ok && done.because)).toEqual(['unavailable', 'unavailable'])
    expect(await run(echo('c'))).toMatchObject({ because: 'unavailable' })
  })

  it('ends when it has nothing to do, and is there again when it has', async () => {
    const { run, isRunning } = open({ idleMs: 1 })
    expect(isRunning()).toBe(false)
    await run(echo('a'))
    while (isRunning()) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await run(echo('b'))).toEqual({ ok: true, result: 'b' })
  })

  it('ends without a word when it has nothing to do, also when a task comes meanwhile', async () => {
    const warnings: string[] = []
    const hear = ({ message }: Error): void => void warnings.push(message)
    process.on('warning', hear)
    onTestFinished(() => void process.off('warning', hear))
    const { run, isRunning } = open({ idleMs: 1 })
    for (const say of ['a', 'b', 'c']) {
      expect(await run(echo(say))).toEqual({ ok: true, result: say }) // by a new thread: it knows nothing of the others
      while (isRunning()) await new Promise((resolve) => setImmediate(resolve))
    }
    expect(warnings).toEqual([])
  })

  it('finishes what it was sent before it closes, and takes nothing new', async () => {
    const { run, close, isRunning } = open()
    const sent = [run({ do: 'wait', say: 'a' }), run(echo('b'))]
    await close()
    expect(isRunning()).toBe(false)
    expect((await Promise.all(sent)).map((done) => done.ok)).toEqual([true, true])
    expect(await run(echo('c'))).toMatchObject({ because: 'unavailable' })
  })
})
