// Outcomes that wait at the same time are stored in one transaction, and nothing else is to be noticed of it.
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Item } from '../../src/model/item.ts'
import type { Fetched } from '../../src/model/outcome.ts'
import { archiveOf } from './archive-of.ts'
import { fetched, item, openDesk, type TestDesk } from './desk.ts'

const texts = [
  'Farmers in the valley brought in the first wheat of the season after a wet spring kept their combines in the sheds',
  'The ferry to the island stays in harbour until engineers have looked at a crack that divers found below the water line',
  'A museum lends its oldest map to a school whose pupils measured the coast again with strings and a borrowed boat',
] as const

/** A report by its number: a few of one text, some at one page, each feed with guids of its own. */
function report(number: number): Item {
  const text = texts[number % texts.length] ?? ''
  const more = { summary: text, text, url: `https://a.example/page-${number % 7}` }
  return item(`guid-${number % 5}`, `Report ${number % 4} from the harvest`, more)
}

function ingestTogether(desk: TestDesk, outcomes: readonly (readonly [feedId: number, Fetched])[]) {
  return Promise.allSettled(outcomes.map(([feedId, outcome]) => desk.ingest(feedId, outcome, 5_000)))
}

describe('outcomes that wait at the same time', () => {
  it('leave what they leave one by one, whatever they hold', async () => {
    const entries = fc.uniqueArray(fc.nat(60), { maxLength: 6 })
    const outcomes = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), entries), {
      minLength: 1,
      maxLength: 5,
    })
    await fc.assert(
      fc.asyncProperty(outcomes, async (polls) => {
        const [together, apart] = [openDesk(), openDesk()]
        const all = polls.map(
          ([feedId, numbers], index) => [feedId, fetched(1000 + index, numbers.map(report))] as const,
        )
        await ingestTogether(together, all)
        for (const [feedId, outcome] of all) await apart.ingest(feedId, outcome, 5_000)
        expect(archiveOf(together.path)).toEqual(archiveOf(apart.path))
        together.store.close()
        apart.store.close()
      }),
      { numRuns: 12 },
    )
  })

  it('fail alone: the others are stored', async () => {
    const desk = openDesk()
    new Database(desk.path).exec(
      "create trigger refuse before insert on sighting when new.item_key = 'bad' begin select raise(abort, 'not this one'); end",
    )
    const endings = await ingestTogether(desk, [
      [1, fetched(1000, [item('good', 'Harvest begins')])],
      [2, fetched(1000, [item('bad', 'Ferry stays', { url: 'https://b.example/1' })])],
      [3, fetched(1000, [item('also good', 'Museum lends map', { url: 'https://c.example/1' })])],
    ])
    expect(endings.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(desk.store.stats(0)).toMatchObject({ articles: 2, sightings: 2, matches: 1 })
    expect([1, 2, 3].map((id) => desk.store.feeds.find(id)?.lastSuccessAt)).toEqual([1000, undefined, 1000])
  })

  it('take one transaction', async () => {
    const desk = openDesk()
    let transactions = 0
    const { transaction } = desk.store
    Object.assign(desk.store, {
      transaction: <T>(work: () => T): T => {
        transactions++
        return transaction(work)
      },
    })
    await ingestTogether(desk, [
      [1, fetched(1000, [item('1', 'Harvest begins')])],
      [2, fetched(1000, [item('2', 'Ferry stays', { url: 'https://b.example/1' })])],
    ])
    expect(desk.store.stats(0).articles).toBe(2)
    expect(transactions).toBe(1)
  })

  it('tell what became of each', async () => {
    const desk = openDesk()
    const outcomes = [
      [1, fetched(1000, [item('2', 'Ferry stays'), item('1', 'Harvest begins')])],
      [2, fetched(1000, [])],
    ] as const
    await ingestTogether(desk, outcomes)
    const db = new Database(desk.path)
    expect(db.prepare('select feed_id, items, new_articles from fetch order by feed_id').all()).toEqual([
      { feed_id: 1, items: 2, new_articles: 2 },
      { feed_id: 2, items: 0, new_articles: 0 },
    ])
  })
})

describe('entries of one fetch', () => {
  it('of one key: the second is a revision of the first', async () => {
    const { ingest, store } = openDesk()
    const newer = item('1', 'Harvest: 210 tonnes', { url: 'https://a.example/moved' })
    const older = item('1', 'Harvest: 120 tonnes')
    expect(await ingest(1, fetched(1000, [newer, older]))).toMatchObject({ counts: { new: 1, revisions: 1 } })
    expect(store.articles.load(1)?.title).toBe('Harvest: 210 tonnes')
    expect(store.search.search('120', { limit: 5 })).toHaveLength(0)
    expect(store.search.search('210', { limit: 5 })).toHaveLength(1)
  })

  it('of one page: the second is a revision of the first, under a new identity', async () => {
    const { ingest, store } = openDesk()
    const url = 'https://a.example/page'
    const outcome = fetched(1000, [item('2', 'Harvest ends', { url }), item('1', 'Harvest begins', { url })])
    expect(await ingest(1, outcome)).toMatchObject({ counts: { new: 1, revisions: 1, renamed: 1 } })
    expect(store.stats(0)).toMatchObject({ articles: 1, sightings: 2 })
  })

  it('of one text: a correction under another address is a revision of the first', async () => {
    const { ingest, store } = openDesk()
    const [text] = texts
    const report = { summary: text, text }
    const outcome = fetched(1000, [
      item('2', 'CORRECTION: Wheat comes in late from the valley', report),
      item('1', 'Wheat comes in late from the valley', report),
    ])
    expect(await ingest(1, outcome)).toMatchObject({ counts: { new: 1, revisions: 1, renamed: 0 } })
    expect(store.stats(0)).toMatchObject({ articles: 1, sightings: 2 })
  })
})
