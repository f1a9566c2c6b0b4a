// Stories changed by hand: what is moved, what is held, what can be taken back, and what a running service makes of it.
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeStories, pinArticles, splitStory, undoStoryChange } from '../../src/jobs/index.ts'
import { openStore, type Store } from '../../src/store/index.ts'
import { item as entry, keep, storeWith, temporaryFolder } from '../store/archive.ts'
import { fetched, item, openDesk } from './desk.ts'

/** A store with so many articles in each story; the articles are numbered through. */
function archive(...sizes: readonly number[]): Store {
  const { store } = storeWith(['wire'], join(temporaryFolder(), 'press.db'))
  for (const size of sizes) {
    const storyId = store.stories.create(1)
    for (let count = 0; count < size; count++) keep(store, 'wire', entry(`${storyId}/${count}`), { storyId })
  }
  return store
}

const by = (store: Store, reason = '') => ({ store, now: 1000, who: 'anna', reason })
const storiesOf = (store: Store, ...ids: readonly number[]) =>
  ids.map((id) => store.articles.load(id)?.storyId)

describe('a story split by hand', () => {
  it('gives the articles a story of their own, holds the others, and is signed', () => {
    const store = archive(3)
    expect(splitStory(by(store, 'another strike'), [3, 2])).toEqual({
      ok: true,
      changeId: 1,
      storyIds: [2],
      moved: [2, 3],
      held: [1],
    })
    expect(storiesOf(store, 1, 2, 3)).toEqual([1, 2, 2])
    expect(store.dossiers.read(3)).toMatchObject({
      facts: { storyBecause: 'by-hand change=1' },
      storyChanges: [
        { verb: 'split', who: 'anna', at: 1000, reason: 'another strike', fromStoryId: 1, toStoryId: 2 },
      ],
    })
    expect(store.dossiers.read(1)).toMatchObject({ facts: { storyBecause: 'first' } })
    expect([...store.storyChanges.held().keys()]).toEqual([1, 2, 3])
  })

  it.each([
    [[1, 4], 'these articles are in several stories: 1, 2'],
    [[1, 2, 3], 'story 1 has no other articles'],
    [[1, 9], 'there is no article 9'],
  ])('is refused for %j: %s', (ids, problem) => {
    const store = archive(3, 1)
    expect(splitStory(by(store), ids)).toMatchObject({ ok: false, problem })
    expect(store.storyChanges.latest()).toBe(0)
    expect(store.stories.lastId()).toBe(2)
  })
})

describe('stories merged by hand', () => {
  it('are all in the first, and the others say where their articles went', () => {
    const store = archive(2, 1, 1)
    expect(mergeStories(by(store), [2, 1, 3])).toMatchObject({ storyIds: [2], moved: [1, 2, 4], held: [3] })
    expect(storiesOf(store, 1, 2, 3, 4)).toEqual([2, 2, 2, 2])
    expect(store.storyChanges.ofStory(1)).toMatchObject([{ changeId: 1, verb: 'merge' }])
  })

  it.each([
    [[1], 'one story cannot be merged'],
    [[1, 1], 'one story cannot be merged'],
    [[1, 9], 'there is no story 9'],
    [[1, 3], 'story 3 has no articles'],
  ])('are refused for %j: %s', (ids, problem) => {
    const store = archive(1, 1, 0)
    expect(mergeStories(by(store), ids)).toMatchObject({ ok: false, problem })
  })
})

describe('an article pinned by hand', () => {
  it('is held where it is, or moved to the story that is named', () => {
    const store = archive(2, 1)
    expect(pinArticles(by(store), [1], undefined)).toMatchObject({ moved: [], held: [1] })
    expect(pinArticles(by(store), [2], 2)).toMatchObject({ moved: [2], held: [] })
    expect(storiesOf(store, 1, 2, 3)).toEqual([1, 2, 2])
    expect(pinArticles(by(store), [2], 7)).toMatchObject({ ok: false, problem: 'there is no story 7' })
  })
})

describe('a change taken back', () => {
  it('puts the articles back with the reasons they had, and what held them before holds them again', () => {
    const store = archive(2, 1)
    pinArticles(by(store), [1], 2)
    splitStory(by(store), [1])
    expect(undoStoryChange(by(store, 'a slip'), 2)).toMatchObject({ ok: true, changeId: 3, moved: [1] })
    expect(store.dossiers.read(1)?.facts).toMatchObject({ storyId: 2, storyBecause: 'by-hand change=1' })
    expect([...store.storyChanges.held().values()]).toEqual([{ articleId: 1, storyId: 2, changeId: 1 }])
    expect(store.storyChanges.find(2)).toMatchObject({ undoneBy: 3 })
  })

  it.each([
    [9, 'there is no change 9'],
    [1, 'change 2 came later and concerns the same articles'],
    [4, 'change 4 is an undoing itself'],
    [3, 'change 3 was undone already, by change 4'],
  ])('is refused for change %i: %s', (changeId, problem) => {
    const store = archive(3, 1)
    splitStory(by(store), [3])
    pinArticles(by(store), [3], 2)
    pinArticles(by(store), [4], 1)
    undoStoryChange(by(store), 3)
    expect(undoStoryChange(by(store), changeId)).toMatchObject({ ok: false, problem })
  })

  it('leaves the archive as it was, whatever was changed, when all is taken back from the newest on', () => {
    const change = fc.record({
      verb: fc.constantFrom('split', 'merge', 'pin'),
      ids: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
      to: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const store = openStore(':memory:')
        store.feeds.sync([wire])
        for (const storyId of [1, 1, 1, 2, 2, 3]) {
          if (storyId > store.stories.lastId()) store.stories.create(1)
          keep(store, 'wire', entry(`in ${storyId}`), { storyId })
        }
        const places = () => [1, 2, 3, 4, 5, 6].map((id) => store.dossiers.read(id)?.facts)
        const before = places()
        for (const { verb, ids, to } of changes) {
          if (verb === 'split') splitStory(by(store), ids)
          else if (verb === 'merge') mergeStories(by(store), ids)
          else pinArticles(by(store), ids, to)
        }
        for (let changeId = store.storyChanges.latest(); changeId > 0; changeId--)
          expect(undoStoryChange(by(store), changeId).ok).toBe(true)
        expect(places()).toEqual(before)
        expect(store.storyChanges.held().size).toBe(0)
        store.close()
      }),
      { numRuns: 12 },
    )
  })
})

const wire = {
  id: 'wire',
  name: 'Wire',
  family: 'wire',
  kind: 'wire',
  grade: 'A',
  feeds: [{ url: 'https://wire.example/feed' }],
} as const

const told = (guid: string, title: string, summary: string) =>
  item(guid, title, { summary, text: summary, url: `https://outlet.example/${guid}` })

describe('a running service', () => {
  const first = told(
    '1',
    'Earthquake damages mosque in Karvan',
    'An earthquake of magnitude 5.8 shook Karvan before dawn, damaging the old mosque and forty houses near the river Zelu.',
  )
  const second = told(
    '2',
    'Tents sent to Karvan after earthquake',
    'Lorries with tents and field kitchens left for Karvan, where the earthquake left hundreds of families beside the river Zelu.',
  )
  const third = told(
    '3',
    'Governor visits Karvan after the earthquake',
    'The governor walked through the bazaar of Karvan, promised more tents and asked families to stay away from the river Zelu after the earthquake.',
  )

  it('lets the next report join the story that another process has made since', async () => {
    const { store, ingest, path } = openDesk()
    await ingest(1, fetched(1000, [first]))
    await ingest(2, fetched(2000, [second]))
    expect(storiesOf(store, 1, 2)).toEqual([1, 1])
    const other = openStore(path)
    expect(splitStory(by(other), [1])).toMatchObject({ ok: true, storyIds: [2] })
    expect(mergeStories(by(other), [2, 1])).toMatchObject({ ok: true, storyIds: [2] })
    other.close()
    await ingest(3, fetched(3000, [third]))
    expect(storiesOf(store, 1, 2, 3)).toEqual([2, 2, 2])
  })
})

describe('a report about two events', () => {
  it('joins the story it resembles more and is linked with the other, which stays a story of its own', async () => {
    const { store, ingest } = openDesk()
    const quake = told(
      'quake',
      'Earthquake damages mosque in Karvan',
      'An earthquake of magnitude 5.8 shook Karvan before dawn, damaging the old mosque and forty houses near the river Zelu.',
    )
    const ferry = told(
      'ferry',
      'Ferry Almira runs aground off Tarsa island',
      'The ferry Almira with 212 passengers ran aground on a sandbank off Tarsa island in thick fog, the coast guard of Velmar said.',
    )
    const both = told(
      'both',
      'Earthquake in Karvan, ferry Almira aground off Tarsa',
      'The earthquake damaged the mosque and forty houses in Karvan near the river Zelu, and the ferry Almira ran aground on a sandbank off Tarsa island in fog.',
    )
    for (const [index, report] of [quake, ferry, both].entries())
      await ingest(1 + (index % 2), fetched(1000 * (index + 1), [report]))
    expect(storiesOf(store, 1, 2, 3)).toEqual([1, 2, 2])
    expect(store.dossiers.read(3)?.related).toEqual([1])
    expect([store.stories.related(1), store.stories.related(2)]).toEqual([[2], [1]])
  })
})
