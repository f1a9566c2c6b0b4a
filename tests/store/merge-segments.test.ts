// Every commit adds a piece to the word index; a large round leaves it with few, and pays for that by what it brought.
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { item, keep, storeWith } from './archive.ts'

test('pieces of the word index are merged as far as new articles pay for it, and searches find the same', () => {
  const { store, path } = storeWith(['wire'])
  for (let number = 0; number < 10; number++) keep(store, 'wire', item(`Ceasefire ${number} holds`))
  const pieces = (): number => {
    const db = new Database(path, { readonly: true })
    const count = Number(db.prepare('select count(distinct segid) from article_text_idx').pluck().get())
    db.close()
    return count
  }
  const found = () => store.search.search('ceasefire', { limit: 20 })
  const before = found()
  expect([pieces(), before.length]).toEqual([10, 10])
  store.search.mergeSegments(0)
  expect(pieces()).toBe(10)
  store.search.mergeSegments(10)
  expect(pieces()).toBe(1)
  expect(found()).toEqual(before)
  expect(store.integrity()).toBe('ok')
})
