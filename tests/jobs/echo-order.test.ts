// The order of things: copies at the same moment, outcomes out of order, crashes in between, repeats. The archive is the same.
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Item } from '../../src/model/item.ts'
import type { Fetched } from '../../src/model/outcome.ts'
import { fetched, item, openDesk, type TestDesk } from './desk.ts'

const told = (guid: string, title: string, summary: string): Item =>
  item(guid, title, { summary, text: summary, url: `https://outlet.example/${guid}` })

/** Reports of unlike events; copies of each differ in address and end. */
const events = [
  [
    'Earthquake damages mosque in Karvan',
    'An earthquake of magnitude 5.8 shook Karvan before dawn, damaging the old mosque and forty houses near the river Zelu.',
  ],
  [
    'Ferry Almira runs aground off Tarsa island',
    'The ferry Almira with 212 passengers ran aground on a sandbank off Tarsa island in thick fog, the coast guard of Velmar said.',
  ],
  [
    'Teachers of Ordun end their strike after nine weeks',
    'Teachers in Ordun return to their classrooms on Monday after the ministry agreed to pay the wages it had withheld for nine weeks.',
  ],
  [
    'Museum of Palisat shows Bronze Age gold from the marsh',
    'A hoard of Bronze Age gold that a shepherd found in the marsh is on show at the museum of Palisat for the first time since 1987.',
  ],
] as const
const copy = (event: number, outlet: string): Item => {
  const [title, text] = events[event] ?? events[0]
  return told(`${outlet}-${event}`, title, `${text} (${outlet})`)
}

type Outcome = { readonly feedId: number; readonly outcome: Fetched }
/** Three outlets, each with all four events, each fetched at a time of its own. */
const outcomes: readonly Outcome[] = [1, 2, 3].flatMap((feedId) =>
  [0, 1, 2, 3].map((event) => ({
    feedId,
    outcome: fetched(1000 * (event * 3 + feedId), [copy(event, 'abc'.charAt(feedId - 1))]),
  })),
)

/** Which entries are one article, and which articles are one story, by the keys of the entries: no ids, which may differ. */
function partition({ path }: TestDesk): readonly string[] {
  const db = new Database(path, { readonly: true })
  const rows = db
    .prepare(`select group_concat(item_key order by item_key) from sighting group by article_id
      union all select 'story: ' || group_concat(g.item_key order by g.item_key) from sighting g
        join article a on a.id = g.article_id group by a.story_id`)
    .pluck()
    .all()
  db.close()
  return (rows as string[]).toSorted()
}

/** Everything the archive holds of articles and stories, ids included. */
function everything({ path }: TestDesk): unknown {
  const db = new Database(path, { readonly: true })
  const tables = ['article', 'sighting', 'revision', 'story', 'story_link', 'topic_match', 'feed_listing']
  const rows = tables.map((table) => db.prepare(`select * from ${table} order by 1, 2`).all())
  db.close()
  return rows
}

const expected = [0, 1, 2, 3].flatMap((event) => {
  const keys = ['a', 'b', 'c'].map((outlet) => `${outlet}-${event}`).join(',')
  return [keys, `story: ${keys}`]
})

describe('copies', () => {
  it('that come at the same moment, in one fetch and in two, are one article', async () => {
    const desk = openDesk()
    await desk.ingest(
      1,
      fetched(1000, [copy(0, 'a'), { ...copy(0, 'a'), guid: 'again', url: 'https://a.example/again' }]),
    )
    await desk.ingest(2, fetched(1000, [copy(0, 'b')]))
    expect(desk.store.stats(0)).toMatchObject({ articles: 1, sightings: 3, stories: 1 })
  })

  it('are the same articles and stories in whatever order the outcomes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...outcomes], { minLength: outcomes.length }), async (order) => {
        const desk = openDesk()
        for (const { feedId, outcome } of order) await desk.ingest(feedId, outcome, 20_000)
        expect(partition(desk)).toEqual(expected.toSorted())
        desk.store.close()
      }),
      { numRuns: 8 },
    )
  })
})

describe('an outcome that comes late, after a newer one of its feed', () => {
  it('adds what it alone has, and takes nothing back', async () => {
    const desk = openDesk()
    const earlier = { ...copy(0, 'a'), title: 'Earthquake in Karvan' }
    await desk.ingest(1, fetched(2000, [copy(0, 'a')]))
    await desk.ingest(1, fetched(1000, [copy(1, 'a'), earlier, { ...earlier, guid: 'other-guid' }]), 3000)
    expect(desk.store.articles.load(1)?.title).toBe('Earthquake damages mosque in Karvan')
    expect(desk.store.dossiers.read(1)?.changes).toEqual([])
    expect(desk.store.stats(0)).toMatchObject({ articles: 2 })
  })
})

test('an outcome is not late for one whose clock was ahead: what it revises is revised', async () => {
  const desk = openDesk()
  const hourAhead = 5_000 + 3_600_000
  await desk.ingest(1, fetched(hourAhead, [copy(0, 'a')]), 5_000)
  await desk.ingest(1, fetched(6_000, [{ ...copy(0, 'a'), title: 'Earthquake in Karvan' }]))
  expect(desk.store.articles.load(1)?.title).toBe('Earthquake in Karvan')
  expect(desk.store.dossiers.read(1)?.changes).toHaveLength(1)
})

describe('a crash', () => {
  it('at any entry, and a new start, leave the archive as if nothing had happened', async () => {
    const calm = openDesk()
    for (const { feedId, outcome } of outcomes) await calm.ingest(feedId, outcome)
    const wanted = everything(calm)
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat({ max: outcomes.length - 1 }), { minLength: 1, maxLength: 3 }),
        fc.constantFrom('sighting', 'story', 'fetch', 'feed_listing'),
        async (crashes, table) => {
          let desk = openDesk()
          for (const [index, { feedId, outcome }] of outcomes.entries()) {
            if (crashes.includes(index)) desk = await crash(desk, { feedId, outcome }, table)
            await desk.ingest(feedId, outcome)
          }
          expect(everything(desk)).toEqual(wanted)
          desk.store.close()
        },
      ),
      { numRuns: 6 },
    )
  })
})

/** Breaks off the outcome when `table` is written, and opens the desk anew. Where the outcome writes nothing there, it is kept whole and will be repeated. */
async function crash(desk: TestDesk, { feedId, outcome }: Outcome, table: string): Promise<TestDesk> {
  const db = new Database(desk.path)
  db.exec(`create trigger crash before insert on ${table} begin select raise(abort, 'crash'); end`)
  const end = desk.ingest(feedId, outcome).catch((error: unknown) => error)
  expect([undefined, 'crash']).toContain(((await end) as Error | undefined)?.message)
  db.exec('drop trigger crash')
  db.close()
  desk.store.close()
  return openDesk(desk.path)
}
