// Rows inserted several to a statement are those that one statement each would have left, in the same order.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openDatabase } from '../../src/store/connection.ts'
import { createInsertRows } from '../../src/store/insert-rows.ts'

const keys = fc.array(fc.nat(12), { maxLength: 45 })

it('inserts every row in order, however many there are, and the last of a key counts', () => {
  fc.assert(
    fc.property(keys, (rows) => {
      const db = openDatabase(':memory:')
      db.exec(
        'create table note (id integer primary key, key integer not null unique, place integer not null) strict',
      )
      const insert = createInsertRows(db, {
        into: 'note (key, place)',
        width: 2,
        onConflict: 'on conflict (key) do update set place = excluded.place',
      })
      insert(rows.map((key, place) => [key, place]))
      const last = new Map(rows.map((key, place) => [key, place])) // in the order in which each key came first
      expect(db.prepare('select key, place from note order by id').raw().all()).toEqual([...last])
      db.close()
    }),
    { numRuns: 60 },
  )
})

it('returns the id of the last row, 0 for none', () => {
  const db = openDatabase(':memory:')
  db.exec('create table note (id integer primary key, text text not null) strict')
  const insert = createInsertRows(db, { into: 'note (text)', width: 1 })
  const texts = (count: number) => Array.from({ length: count }, (_, n) => [`note ${n}`])
  expect([0, 9, 10, 25, 1].map((count) => insert(texts(count)))).toEqual([0, 9, 19, 44, 45])
  db.close()
})
