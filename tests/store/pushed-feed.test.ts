// What a push changes of when its feed was heard.
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { fetched, minuteMs, noCounts, noon, record, storeWith } from './archive.ts'

test('a push that was written down late takes nothing back of when the feed was heard', () => {
  const { store, path } = storeWith(['wire'])
  record(store, 'wire', fetched(noon), { newItems: 1 })
  const pushed = (at: number) =>
    store.feeds.recordAside({
      feedId: 1,
      outcome: { ...fetched(at), aside: 'push' },
      counts: { ...noCounts, items: 1, new: 1 },
    })
  const db = new Database(path, { readonly: true })
  onTestFinished(() => void db.close())
  const heard = () => db.prepare('select last_success_at, last_new_at from feed').raw().get()
  pushed(noon - minuteMs)
  expect(heard()).toEqual([noon, noon])
  pushed(noon + minuteMs)
  expect(heard()).toEqual([noon + minuteMs, noon + minuteMs])
})
