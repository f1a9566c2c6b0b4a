// Entries that are known again by their source are not read, and the archive is what it would be if they were.
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/store/index.ts'
import { closeAll, type LocalServer, serve } from '../fetch/server.ts'
import { archiveOf } from './archive-of.ts'
import { hourMs, openWebDesk, recognising, sourceOf, start, type WebDesk } from './web-desk.ts'

afterEach(closeAll)

const day = (number: number): string => new Date(start - number * 24 * hourMs).toUTCString()

/** One entry of the feed of a made-up harbour. */
type Entry = { readonly id: number; readonly text: string }
const words = ['grain', 'cranes', 'pilots', 'customs', 'ferries', 'anchors', 'dredgers', 'quays']
const sentence = (id: number): string =>
  Array.from({ length: 12 }, (_, place) => words[(id * 5 + place * (id + 3)) % words.length]).join(' ')
const xml = ({ id, text }: Entry): string =>
  `<item><guid>urn:${id}</guid><title>Harbour ${id}: ${sentence(id)}</title><pubDate>${day(id)}</pubDate><description>${text}</description></item>`
const feedOf = (entries: readonly Entry[], built: string): string =>
  `<rss version="2.0"><channel><title>Harbour</title><link>https://harbour.example/</link><lastBuildDate>${built}</lastBuildDate>${entries.map(xml).join('\n')}</channel></rss>`
const entry = (id: number, text = `${sentence(id + 1)} ${id}`): Entry => ({ id, text })

/** The listings and the log, without what entries are known by. */
function feedsOf(path: string): unknown {
  const db = new Database(path, { readonly: true })
  const found = [
    'select feed_id, at, entries from feed_listing order by feed_id',
    'select feed_id, item_key, withdrawn_at from sighting order by 1, 2',
    'select feed_id, at, outcome, items, new_articles, duplicates, revisions, skipped, overflow, renamed from fetch order by id',
    'select id, etag, body_hash, schedule, next_fetch_at, failures, last_success_at, last_new_at from feed order by id',
  ].map((sql) => db.prepare(sql).all())
  db.close()
  return found
}

/** What was known of the feed's entries at each fetch of a desk that is asked by `recognise`. */
type Watched = WebDesk & { readonly known: () => number }

function deskThatKnows(server: LocalServer): Watched {
  let known = 0
  const desk: WebDesk = openWebDesk([sourceOf('harbour', `${server.origin}/feed`)], undefined, [], {
    recognises: true,
    onFetched: (count) => {
      known += count
    },
  })
  return { ...desk, known: () => known }
}

async function twoDesks(body: () => string): Promise<readonly [Watched, WebDesk]> {
  const server = await serve((_request, response) => response.end(body()))
  return [deskThatKnows(server), openWebDesk([sourceOf('harbour', `${server.origin}/feed`)])]
}

/** Both desks hear the same bodies, one an hour. */
async function hear(bodies: readonly string[]): Promise<number> {
  let body = ''
  const [knowing, reading] = await twoDesks(() => body)
  for (const [hour, next] of bodies.entries()) {
    body = next
    const [one, other] = [
      await knowing.round(start + hour * hourMs),
      await reading.round(start + hour * hourMs),
    ]
    expect(one.map(({ counts }) => counts)).toEqual(other.map(({ counts }) => counts))
  }
  expect(archiveOf(knowing.path)).toEqual(archiveOf(reading.path))
  expect(feedsOf(knowing.path)).toEqual(feedsOf(reading.path))
  return knowing.known()
}

describe('a feed that sends again what it sent before', () => {
  it('is stored as if all of it had been read', async () => {
    const four = [3, 4, 5, 6].map((id) => entry(id))
    const bodies = [
      feedOf(four, 'a'),
      feedOf([entry(2), ...four], 'b'),
      feedOf([entry(2), entry(3, 'Nothing is as it was: the quays are shut.'), entry(5), entry(6)], 'c'), // one revised, one withdrawn
      feedOf([entry(1), entry(2), entry(3), entry(4), entry(5)], 'd'), // as it was before, and one that came back
      feedOf([entry(1), entry(2), entry(3), entry(4), entry(5)], 'e'),
    ]
    expect(await hear(bodies)).toBe(4 + 3 + 2 + 5)
  })

  it('is so whatever its publisher does', { timeout: 60_000 }, async () => {
    const round = fc.uniqueArray(
      fc.record({ id: fc.integer({ min: 0, max: 7 }), text: fc.constantFrom('Quiet.', 'Storm ahead.') }),
      { minLength: 1, maxLength: 7, selector: ({ id, text }) => (id === 7 ? `${id} ${text}` : id) },
    )
    const rounds = fc.array(round, { minLength: 2, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(rounds, async (listings) => {
        await hear(listings.map((entries, number) => feedOf(entries, String(number))))
      }),
      { numRuns: 8 },
    )
  })
})

describe('when the store knows an entry otherwise than its seal says', () => {
  const bodies = [feedOf([entry(3), entry(4)], 'a'), feedOf([entry(2), entry(3), entry(4)], 'b')]
  const alter = (store: Store, path: string): void => {
    expect(store.feedListings.known(1)?.entries.size).toBe(2)
    const db = new Database(path)
    db.exec("delete from sighting where item_key = 'urn:3'")
    db.close()
  }

  it('what is new is stored, and all of the feed is read at the next fetch', async () => {
    let body = bodies[0] ?? ''
    const server = await serve((_request, response) => response.end(body))
    const desk = deskThatKnows(server)
    await desk.round(start)
    alter(desk.store, desk.path)
    body = bodies[1] ?? ''
    const [event] = await desk.round(start + hourMs)
    expect(event?.counts).toMatchObject({ items: 3, new: 1 })
    expect(desk.store.feeds.find(1)?.bodyHash).toBeUndefined()
    expect(desk.store.feedListings.known(1)).toBeUndefined()
    await desk.round(start + 2 * hourMs)
    const db = new Database(desk.path, { readonly: true })
    expect(db.prepare("select count(*) from sighting where item_key = 'urn:3'").pluck().get()).toBe(1)
    db.close()
    expect(desk.store.feedListings.known(1)?.entries.size).toBe(3)
  })
})

it('what is known is asked of the store when there is a body, and for that feed', async () => {
  const server = await serve((request, response) =>
    request.headers['if-none-match'] === undefined
      ? response.writeHead(200, { etag: '"1"' }).end(feedOf([entry(1)], 'a'))
      : response.writeHead(304).end(),
  )
  const desk = openWebDesk([sourceOf('harbour', `${server.origin}/feed`)], undefined, [], {
    recognises: true,
  })
  await desk.round(start)
  const before = recognising(desk.store)(1)
  await desk.round(start + hourMs)
  expect(recognising(desk.store)(1)).toEqual(before)
  expect(before.known?.entries.size).toBe(1)
})
