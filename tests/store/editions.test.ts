// Editions: one per window, frozen byte for byte.
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { dayMs, minuteMs, noon, storeWith } from './archive.ts'
import { freeze, issued } from './issue.ts'

function desk() {
  const opened = storeWith(['wire'])
  const stories = [opened.store.stories.create(noon), opened.store.stories.create(noon)] as const
  return { ...opened, stories }
}

describe('a frozen edition', () => {
  test('is read back byte for byte', () => {
    const { store, stories } = desk()
    const edition = issued(1, noon, stories[0])
    const editionId = freeze(store, edition, 7, noon + 5)
    expect(store.editions.read('morning', noon)).toEqual({
      editionId,
      edition: edition.edition,
      bodies: edition.bodies,
    })
    expect(store.editions.read('morning', noon + 1)).toBeUndefined()
    expect(store.editions.read('evening', noon)).toBeUndefined()
  })

  test('never changes, whoever tries', () => {
    const { store, path, stories } = desk()
    freeze(store, issued(1, noon, stories[0]), 7, noon)
    const db = new Database(path)
    onTestFinished(() => void db.close())
    expect(() => db.exec(`update edition set subject = 'x'`)).toThrow('an issued edition never changes')
    expect(() => db.exec(`update edition_body set body = 'x'`)).toThrow('an issued edition never changes')
  })

  test('is the only one of its window and of its number, and a second leaves nothing behind', () => {
    const { store, stories } = desk()
    freeze(store, issued(1, noon, stories[0]), 7, noon)
    expect(() => freeze(store, issued(2, noon, stories[0]), 7, noon)).toThrow('UNIQUE')
    expect(() => freeze(store, issued(1, noon + dayMs, stories[0]), 7, noon)).toThrow('UNIQUE')
    expect(store.editions.list('morning', 9)).toHaveLength(1)
    expect(store.deliveries.list(9)).toHaveLength(2)
  })

  test('is listed with the newest first', () => {
    const { store, stories } = desk()
    freeze(store, issued(1, noon, stories[0]), 7, noon)
    freeze(store, issued(2, noon + dayMs, stories[0]), 9, noon + dayMs)
    expect(store.editions.list(undefined, 9).map((row) => row.number)).toEqual([2, 1])
    expect(store.editions.list('morning', 1)).toEqual([
      {
        id: 2,
        digestId: 'morning',
        number: 2,
        window: { from: noon, until: noon + dayMs },
        manifest: expect.stringMatching(/^[0-9a-f]{64}$/),
        createdAt: noon + dayMs,
      },
    ])
    expect(store.editions.list('evening', 9)).toEqual([])
  })
})

describe('windows', () => {
  test('of a new digest begin when it was registered, which happens once', () => {
    const { store } = desk()
    expect(store.editions.coveredUntil('morning')).toBeUndefined()
    store.editions.register('morning', noon)
    store.editions.register('morning', noon + dayMs)
    expect(store.editions.coveredUntil('morning')).toBe(noon)
    expect(store.editions.lastNumber('morning')).toBe(0)
  })

  test('go on where the last edition ended, in time and in ids', () => {
    const { store, stories } = desk()
    freeze(store, issued(1, noon, stories[0]), 7, noon)
    freeze(store, issued(2, noon + dayMs, stories[0]), 9, noon + dayMs)
    expect(store.editions.coveredUntil('morning')).toBe(noon + dayMs)
    expect(store.editions.lastNumber('morning')).toBe(2)
    expect(store.editions.lastBefore('morning', noon + 2 * dayMs)).toEqual({ until: noon + dayMs, upTo: 9 })
    expect(store.editions.lastBefore('morning', noon + dayMs)).toEqual({ until: noon, upTo: 7 })
    expect(store.editions.lastBefore('morning', noon)).toBeUndefined()
  })

  test('are covered up to the latest end, also when an older window was issued later', () => {
    const { store, stories } = desk()
    freeze(store, issued(1, noon + dayMs, stories[0]), 9, noon + dayMs)
    freeze(store, issued(2, noon, stories[0]), 7, noon + dayMs + minuteMs)
    expect(store.editions.coveredUntil('morning')).toBe(noon + dayMs)
  })
})

test('a digest remembers what it told of a story, and the most outlets it had', () => {
  const { store, stories } = desk()
  freeze(store, issued(1, noon, stories[0], 5), 7, noon)
  freeze(store, issued(2, noon + dayMs, stories[0], 3), 9, noon)
  freeze(store, issued(3, noon + 2 * dayMs, stories[1], 1), 9, noon)
  const told = { languages: ['ar', 'en'], sourceIds: ['wire', 'cedar'] }
  expect(store.editions.earlierStories('morning')).toEqual([
    { storyId: stories[0], outlets: 5, ...told },
    { storyId: stories[1], outlets: 1, ...told },
  ])
  expect(store.editions.earlierStories('morning', [stories[1], 99])).toEqual([
    { storyId: stories[1], outlets: 1, ...told },
  ])
  expect(store.editions.earlierStories('evening')).toEqual([])
})
