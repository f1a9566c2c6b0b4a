// One running service per file.
import { describe, expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../src/store/index.ts'
import { hourMs, minuteMs, noon, storeWith } from './archive.ts'

/** Two services on one file. */
function two() {
  const { store, path } = storeWith([])
  const other = openStore(path)
  onTestFinished(() => other.close())
  return [store.serviceLock, other.serviceLock] as const
}

describe('the service lock', () => {
  test('is held by the first, who may take it again', () => {
    const [a, b] = two()
    expect(a.hold('host:1', noon)).toBe(true)
    expect(b.hold('host:2', noon + 30_000)).toBe(false)
    expect(b.holder()).toBe('host:1')
    expect(a.hold('host:1', noon + 30_000)).toBe(true)
    expect(b.hold('host:2', noon + 30_000 + minuteMs)).toBe(false)
  })

  test('passes on a minute after the last heartbeat of a crashed holder', () => {
    const [a, b] = two()
    a.hold('host:1', noon)
    expect(b.hold('host:2', noon + minuteMs + 1)).toBe(true)
    expect(a.hold('host:1', noon + minuteMs + 2)).toBe(false)
  })

  test('passes on when the clock was set back: nobody can have beaten in the future', () => {
    const [a, b] = two()
    a.hold('host:1', noon + 3 * hourMs)
    expect(b.hold('host:2', noon)).toBe(true)
  })

  test('passes on at once when it was released, but only by its holder', () => {
    const [a, b] = two()
    a.hold('host:1', noon)
    b.release('host:2')
    expect(b.hold('host:2', noon)).toBe(false)
    a.release('host:1')
    expect(a.holder()).toBeUndefined()
    expect(b.hold('host:2', noon)).toBe(true)
  })
})
