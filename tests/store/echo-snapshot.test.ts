import { expect, test } from 'vitest'
import { openStore } from '../../src/store/index.ts'

const head = { version: 1, afterId: 7, changeId: 3 }
const rowBytes = 65_536

function* runs(...lengths: readonly number[]): Generator<Uint8Array> {
  for (const [index, length] of lengths.entries()) yield new Uint8Array(length).fill(index + 1)
}

function saved(...lengths: readonly number[]) {
  const store = openStore(':memory:')
  const save = (...others: readonly number[]) =>
    store.transaction(() => store.echo.saveSnapshot({ ...head, runs: runs(...others) }))
  save(...lengths)
  return { store, save }
}

function bytesIn(store: ReturnType<typeof openStore>): Buffer | undefined {
  const snapshot = store.echo.snapshot()
  return snapshot === undefined ? undefined : Buffer.concat([...snapshot.runs])
}

test('a snapshot comes back byte for byte, however its runs were cut', () => {
  const lengths = [3, 0, rowBytes - 3, 5, 2 * rowBytes + 1]
  const { store } = saved(...lengths)
  expect(store.echo.snapshot()).toMatchObject(head)
  expect(bytesIn(store)?.equals(Buffer.concat([...runs(...lengths)]))).toBe(true)
})

test('a shorter snapshot leaves nothing of the longer one before it', () => {
  const { store, save } = saved(3 * rowBytes)
  save(rowBytes + 1)
  expect(bytesIn(store)).toHaveLength(rowBytes + 1)
})

test('there is none before one was saved', () => {
  expect(openStore(':memory:').echo.snapshot()).toBeUndefined()
})
