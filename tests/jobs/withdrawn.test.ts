// Entries that a publisher takes out of a feed: noticed, said so, and taken back when they return.
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { explanationText } from '../../src/app/explanation-text.ts'
import type { Item } from '../../src/model/item.ts'
import { fetched, item, openDesk, type TestDesk } from './desk.ts'

const hourMs = 3_600_000
const headlines = [
  'Nothing yet',
  'Mayor of Velmar resigns',
  'Bridge at Karvan opens to lorries',
  'Ferry Almira runs aground',
  'Teachers end their strike',
  'Museum shows Bronze Age gold',
  'Storm tears roof off stadium',
  'Library lends telescopes',
  'Village school opens again',
  'Harbour master retires',
]

/** Entry `n` of a feed, published in hour `n`. */
const entry = (n: number): Item => item(`${n}`, headlines[n] ?? '', { publishedAt: n * hourMs })
/** What a feed lists, newest first, at its fetch of hour `at`. */
const listing = (at: number, ...ids: readonly number[]) => fetched(at * hourMs, ids.map(entry))

/** Guids of entries that count as withdrawn, with the hour in which that was noticed. */
function withdrawn({ path }: TestDesk): Readonly<Record<string, number>> {
  const db = new Database(path, { readonly: true })
  const rows = db
    .prepare('select item_key, withdrawn_at from sighting where withdrawn_at is not null')
    .raw()
    .all()
  db.close()
  return Object.fromEntries((rows as [string, number][]).map(([key, at]) => [key, at / hourMs]))
}

describe('an entry that leaves a feed', () => {
  it('between two that stay is withdrawn: once, as noticed first, and until it returns', async () => {
    const desk = openDesk()
    await desk.ingest(1, listing(10, 4, 3, 2, 1))
    await desk.ingest(1, listing(11, 4, 2, 1))
    expect(withdrawn(desk)).toEqual({ 3: 11 })
    await desk.ingest(1, listing(12, 5, 4, 2, 1))
    expect(withdrawn(desk)).toEqual({ 3: 11 })
    expect(desk.store.dossiers.read(3)?.appearances).toMatchObject([
      { because: 'first', withdrawnAt: 11 * hourMs },
    ])
    const dossier = desk.store.dossiers.read(3)
    const text = dossier && explanationText(dossier, { matched: [], unmatched: [] }, undefined)
    expect(text).toContain('; withdrawn by 1970-01-01 11:00 UTC (inferred: it left the feed while')
    await desk.ingest(1, listing(13, 5, 4, 3, 2))
    expect(withdrawn(desk)).toEqual({})
  })

  it('because newer ones push it out, or the feed is empty or cut for once, is not', async () => {
    const desk = openDesk()
    await desk.ingest(1, listing(10, 4, 3, 2, 1))
    await desk.ingest(1, listing(11, 6, 5, 4, 3))
    await desk.ingest(1, listing(12))
    await desk.ingest(1, listing(13, 6))
    await desk.ingest(1, listing(14, 6, 5, 4, 3))
    expect(withdrawn(desk)).toEqual({})
  })

  it('is not withdrawn as far as a fetch tells that failed, left entries out, or came after a newer one', async () => {
    const desk = openDesk()
    await desk.ingest(1, listing(10, 4, 3, 2, 1))
    const cut = listing(11, 4, 2, 1)
    await desk.ingest(1, { ...cut, feed: { ...cut.feed, skipped: [{ index: 1, because: 'too large' }] } })
    await desk.ingest(1, { ...cut, feed: { ...cut.feed, warnings: ['elements were left out'] } })
    await desk.ingest(1, { ...cut, at: 9 * hourMs }, 11 * hourMs)
    expect(withdrawn(desk)).toEqual({})
  })

  it('under a new guid but with the same page is not withdrawn', async () => {
    const desk = openDesk()
    await desk.ingest(1, listing(10, 4, 3, 2, 1))
    await desk.ingest(
      1,
      fetched(11 * hourMs, [entry(4), { ...entry(3), guid: 'renamed' }, entry(2), entry(1)]),
    )
    expect(withdrawn(desk)).toEqual({})
  })

  it('and stays in another feed of its source is not withdrawn, but is when that one drops it too', async () => {
    const desk = openDesk()
    const { path } = desk
    const db = new Database(path)
    db.exec(`update feed set source_id = 'a' where id = 2`)
    db.close()
    await desk.ingest(1, listing(10, 4, 3, 2, 1))
    await desk.ingest(2, listing(11, 4, 3, 2, 1))
    await desk.ingest(1, listing(12, 4, 2, 1))
    expect(withdrawn(desk)).toEqual({})
    await desk.ingest(2, listing(13, 4, 2, 1))
    expect(withdrawn(desk)).toEqual({ 3: 13 })
  })

  it('too often says only that the feed does not list by age', async () => {
    const desk = openDesk()
    await desk.ingest(1, listing(10, 9, 8, 7, 6, 5, 4, 3, 2, 1))
    await desk.ingest(1, listing(11, 9, 8, 7, 6, 5, 4, 3, 1))
    await desk.ingest(1, listing(12, 9, 8, 7, 6, 5, 4, 1))
    await desk.ingest(1, listing(13, 9, 8, 7, 6, 5, 1))
    await desk.ingest(1, listing(14, 9, 8, 7, 6, 1))
    expect(withdrawn(desk)).toEqual({ 2: 11, 3: 12, 4: 13 })
    const weekLater = 13 + 7 * 24
    await desk.ingest(1, listing(weekLater, 9, 8, 7, 6, 1))
    expect(withdrawn(desk)).toMatchObject({ 5: weekLater })
  })

  it('is noticed once, however often an outcome is repeated', async () => {
    const desk = openDesk()
    await desk.ingest(1, listing(10, 4, 3, 2, 1))
    for (const at of [11, 11, 12]) await desk.ingest(1, listing(11, 4, 2, 1), at * hourMs)
    expect(withdrawn(desk)).toEqual({ 3: 11 })
  })
})
