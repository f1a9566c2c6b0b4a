// A thread that answers who stands still and waits: in time, too late, or never.

import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type AskedThreadOptions, createAskedThread } from '../../src/app/asked-thread.ts'
import type { Order } from './asked-thread-entry.ts'

const entry = pathToFileURL(join(import.meta.dirname, 'asked-thread-entry.ts'))

function open(options: Partial<AskedThreadOptions> = {}) {
  const ends: string[] = []
  const thread = createAskedThread<Order, string>({
    entry,
    name: 'test',
    heapMiBMax: 64,
    given: 'heard',
    onEnd: (reason) => void ends.push(reason),
    ...options,
  })
  onTestFinished(thread.end)
  return { ...thread, ends }
}

describe('an asked thread', () => {
  it('answers in the order of the questions, whoever is waited for first', () => {
    const { send, answerTo } = open()
    const [first, second] = [send({ act: 'echo', say: 'one' }), send({ act: 'echo', say: 'two' })]
    expect(answerTo(second)).toBe('heard two')
    expect(answerTo(first)).toBe('heard one')
  })

  it('has answered before somebody waits', async () => {
    const { send, isAnswered, answerTo } = open()
    const id = send({ act: 'echo', say: 'early' })
    while (!isAnswered(id)) await wait(5)
    expect(answerTo(id)).toBe('heard early')
  })

  it('hands on what an order throws, and goes on', () => {
    const { send, answerTo } = open()
    const [bad, good] = [send({ act: 'throw', say: 'too far' }), send({ act: 'echo', say: 'next' })]
    expect(() => answerTo(bad)).toThrow(new RangeError('too far'))
    expect(answerTo(good)).toBe('heard next')
  })

  it('forgets what nobody wants to know any more, before it comes and after', () => {
    const { send, answerTo, forget, isAnswered } = open()
    const [early, late] = [send({ act: 'echo', say: 'early' }), send({ act: 'echo', say: 'late' })]
    forget(late)
    answerTo(early)
    expect(answerTo(send({ act: 'echo', say: 'last' }))).toBe('heard last')
    expect(isAnswered(late)).toBe(false)
  })

  it('lets nobody wait for a thread that ended, and says so once', () => {
    const { send, answerTo, ends } = open()
    const id = send({ act: 'exit' })
    expect(() => answerTo(id)).toThrow('the test thread is gone')
    expect(() => answerTo(send({ act: 'echo' }))).toThrow('the test thread is gone')
    expect(ends).toEqual(['it ended by itself'])
  })

  it('ends a thread that does not come back', () => {
    const { send, answerTo, ends } = open({ patienceMs: 300 })
    answerTo(send({ act: 'echo' })) // it has begun
    expect(() => answerTo(send({ act: 'hang' }))).toThrow('the test thread is gone')
    expect(ends).toEqual(['it took longer than 0.3 seconds'])
  })
})
