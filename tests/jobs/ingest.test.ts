import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fetched, item, openDesk } from './desk.ts'

const wheat =
  'Farmers in the valley brought in the first wheat of the season after a wet spring that had kept the combines in their sheds until Tuesday'

describe('ingesting an outcome', () => {
  it('keeps every item once, with matches, text and schedule, and the same outcome again changes nothing', async () => {
    const { store, ingest } = openDesk()
    const outcome = fetched(1000, [
      item('2', 'Bridge opens'),
      item('1', 'Harvest begins', { summary: wheat, text: wheat }),
    ])
    expect(await ingest(1, outcome)).toMatchObject({
      counts: { items: 2, new: 2, duplicates: 0, revisions: 0 },
      matches: 1,
    })
    const before = store.stats(0)
    expect(await ingest(1, outcome)).toMatchObject({
      counts: { items: 2, new: 0, duplicates: 0, revisions: 0 },
    })
    expect(store.stats(0)).toEqual(before)
    expect(store.search.search('harvest', { limit: 5 })).toMatchObject([{ title: 'Harvest begins' }])
    expect(store.feeds.find(1)).toMatchObject({
      validators: { etag: '"1000"' },
      failures: 0,
      lastSuccessAt: 1000,
    })
  })

  it('numbers articles from the oldest entry of the feed to the newest', async () => {
    const { store, ingest } = openDesk()
    await ingest(1, fetched(1000, [item('3', 'third'), item('2', 'second'), item('1', 'first')]))
    expect([1, 2, 3].map((id) => store.articles.load(id)?.title)).toEqual(['first', 'second', 'third'])
  })

  it('keeps an edited headline as a revision with both wordings and their time', async () => {
    const { store, ingest, path } = openDesk()
    await ingest(1, fetched(1000, [item('1', 'Harvest: 120 tonnes')]))
    expect(await ingest(1, fetched(2000, [item('1', 'Harvest: 210 tonnes')]))).toMatchObject({
      counts: { new: 0, revisions: 1 },
    })
    const rows = new Database(path, { readonly: true })
      .prepare('select old_title, new_title, seen_at, corrected from revision')
      .all()
    expect(rows).toEqual([
      { old_title: 'Harvest: 120 tonnes', new_title: 'Harvest: 210 tonnes', seen_at: 2000, corrected: 1 },
    ])
    expect(store.articles.load(1)?.title).toBe('Harvest: 210 tonnes')
    expect(store.search.search('210', { limit: 5 })).toHaveLength(1)
    expect(store.search.search('120', { limit: 5 })).toHaveLength(0)
  })

  it('keeps a copy by another outlet as a sighting of the first', async () => {
    const { store, ingest } = openDesk()
    await ingest(
      1,
      fetched(1000, [item('1', 'Harvest begins early in the valley', { summary: wheat, text: wheat })]),
    )
    const copy = item('9', 'Harvest begins early in the valley', {
      url: 'https://b.example/9',
      summary: `${wheat}.`,
      text: `${wheat}.`,
    })
    expect(await ingest(2, fetched(2000, [copy]))).toMatchObject({ counts: { new: 0, duplicates: 1 } })
    expect(store.stats(0)).toMatchObject({ articles: 1, sightings: 2 })
    expect(await ingest(2, fetched(3000, [copy]))).toMatchObject({ counts: { new: 0, duplicates: 0 } })
  })

  it('lets no feed overwrite or hide the item of another source by taking its guid and link (B52)', async () => {
    const { store, ingest } = openDesk()
    const stolen = item('1', 'Buy our miracle cure today and win a car', {
      text: 'Order by phone before midnight for a second bottle',
      summary: 'Order by phone before midnight for a second bottle',
    })
    await ingest(2, fetched(1000, [stolen]))
    expect(
      await ingest(1, fetched(2000, [item('1', 'Harvest begins', { summary: wheat, text: wheat })])),
    ).toMatchObject({ counts: { new: 1 } })
    await ingest(
      2,
      fetched(3000, [{ ...stolen, title: 'Buy two of our miracle cures today and win a boat' }]),
    )
    const titles = [1, 2].map((id) => store.articles.load(id)?.title)
    expect(titles).toEqual(['Buy two of our miracle cures today and win a boat', 'Harvest begins'])
  })

  it('takes a changed report for a revision of its own source, where another source has an article under the same link', async () => {
    const { store, ingest } = openDesk()
    const url = 'https://shared.example/page'
    await ingest(1, fetched(1_000, [item('g1', 'Mayor of Velmar resigns', { url })]))
    await ingest(2, fetched(2_000, [item('g2', 'Bridge at Karvan opens to lorries', { url })]))
    await ingest(2, fetched(3_000, [item('g3', 'Bridge at Karvan opens to lorries and cars', { url })]))
    expect(store.stats(0).articles).toBe(2)
    expect(store.dossiers.read(2)).toMatchObject({
      appearances: [{ because: 'first' }, { because: 'same-url' }],
      changes: [{ oldTitle: 'Bridge at Karvan opens to lorries' }],
    })
  })

  it('keeps undated items and items without any identity', async () => {
    const { store, ingest } = openDesk()
    const nameless = {
      title: 'No address at all',
      summary: '',
      text: '',
      authors: [],
      categories: [],
      enclosures: [],
      flags: ['undated', 'no-id'] as const,
    }
    await ingest(1, fetched(1000, [nameless]))
    await ingest(1, fetched(2000, [nameless]))
    expect(store.stats(0)).toMatchObject({ articles: 1, sightings: 1 })
  })

  it('marks a fetch of which every entry was new: something may have been missed', async () => {
    const { ingest } = openDesk()
    expect(await ingest(1, fetched(1000, [item('1', 'one')]))).toMatchObject({ counts: { overflow: false } })
    expect(await ingest(1, fetched(2000, [item('3', 'three'), item('2', 'two')]))).toMatchObject({
      counts: { overflow: true },
    })
    expect(await ingest(1, fetched(3000, [item('4', 'four'), item('3', 'three')]))).toMatchObject({
      counts: { overflow: false },
    })
  })

  it('stores all of an outcome or nothing, and afterwards tells copies from news as if it had never been tried', async () => {
    const { store, ingest, path } = openDesk()
    const db = new Database(path)
    db.exec(
      "create trigger full before insert on fetch when new.at = 1000 begin select raise(abort, 'disk full'); end",
    )
    const outcome = fetched(1000, [
      item('1', 'Harvest begins early in the valley', { summary: wheat, text: wheat }),
    ])
    await expect(ingest(1, outcome)).rejects.toThrow('disk full')
    expect(store.stats(0)).toMatchObject({ articles: 0, sightings: 0, matches: 0, stories: 0 })
    expect(store.feeds.find(1)?.validators).toEqual({})
    db.exec('drop trigger full')
    expect(await ingest(1, outcome)).toMatchObject({ counts: { new: 1, duplicates: 0 } })
    expect(store.integrity()).toBe('ok')
  })

  it('gives the same archive whether outcomes arrive once or are repeated at any point', async () => {
    const stories = ['wheat', 'bridge', 'school', 'ferry', 'museum']
    const outcomes = stories.map((_, index) =>
      fetched(
        1000 * (index + 1),
        stories
          .slice(0, index + 1)
          .map((name) => item(name, `${name} news number ${name.length}`))
          .toReversed(),
      ),
    )
    const once = openDesk()
    for (const outcome of outcomes) await once.ingest(1, outcome)
    const expected = once.store.stats(0)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 5, maxLength: 5 }),
        async (repeats) => {
          const desk = openDesk()
          for (const [index, outcome] of outcomes.entries())
            for (let time = 0; time < (repeats[index] ?? 1); time++) await desk.ingest(1, outcome)
          expect(desk.store.stats(0)).toEqual(expected)
          desk.store.close()
        },
      ),
      { numRuns: 10 },
    )
  })
})
