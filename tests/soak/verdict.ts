// After the killing: is every report that was served stored exactly once, every edition sent, and every page of the file sound?
import Database from 'better-sqlite3'
import { openStore } from '../../src/store/index.ts'
import { messageIdOf } from './mail-sink.ts'
import type { Press } from './press.ts'

/** What a press knows of itself. */
type Served = Pick<Press, 'served' | 'etags'>

/** What is wrong, one line each; nothing when all is well. */
export function complaints(
  databasePath: string,
  press: Served,
  received: readonly string[],
): readonly string[] {
  const store = openStore(databasePath, { verify: true })
  const integrity = store.integrity()
  store.close()
  const db = new Database(databasePath)
  try {
    db.exec(`insert into article_text (article_text) values ('integrity-check')`) // throws when the index disagrees with itself
    return [
      ...(integrity === 'ok' ? [] : [`integrity: ${integrity}`]),
      ...reportComplaints(db, press),
      ...editionComplaints(db),
      ...mailComplaints(db, received),
    ]
  } finally {
    db.close()
  }
}

/** How many editions were issued. */
export function editionsIn(databasePath: string): number {
  const db = new Database(databasePath, { readonly: true })
  try {
    return Number(db.prepare('select count(*) from edition').pluck().get())
  } finally {
    db.close()
  }
}

type Db = Database.Database
const texts = (db: Db, sql: string, ...values: readonly unknown[]): readonly string[] =>
  db
    .prepare(sql)
    .pluck()
    .all(...values)
    .map(String)

function reportComplaints(db: Db, press: Served): readonly string[] {
  const found: string[] = []
  for (const [url, guids] of press.served()) {
    const keys = texts(
      db,
      'select item_key from sighting s join feed f on f.id = s.feed_id where f.url = ?',
      url,
    )
    const lost = guids.filter((guid) => !keys.includes(guid))
    if (lost.length > 0)
      found.push(`${url}: ${lost.length} reports served and not stored, such as ${lost[0]}`)
    const etag = db.prepare('select etag from feed where url = ?').pluck().get(url)
    if (etag !== press.etags().get(url)) found.push(`${url}: validator ${etag} after the last fetch`)
  }
  const served = [...press.served().values()].flat().length
  const counts: readonly (readonly [string, string, number])[] = [
    ['articles', 'select count(*) from article', served],
    ['different titles', 'select count(distinct title) from article', served],
    ['searchable articles', `select count(*) from article_text where article_text match 'harvest'`, served],
    ['matched articles', 'select count(distinct article_id) from topic_match', served],
    ['counted matches', 'select sum(articles) from topic_day', served],
    [
      'stories without an article',
      'select count(*) from story where id not in (select story_id from article)',
      0,
    ],
    ['claimed feeds', 'select count(*) from feed where lease_until is not null', 0],
  ]
  for (const [name, sql, expected] of counts) {
    const count = Number(db.prepare(sql).pluck().get())
    if (count !== expected) found.push(`${count} ${name}, not ${expected}`)
  }
  return found
}

function editionComplaints(db: Db): readonly string[] {
  const gaps = texts(
    db,
    `select e.number from edition e join edition p on p.digest_id = e.digest_id and p.number = e.number - 1
      where p.until_article_id <> e.from_article_id or p.window_until <> e.window_from`,
  )
  const numbers = texts(db, 'select number from edition order by number').map(Number)
  return [
    ...gaps.map((number) => `edition ${number} does not begin where the one before ended`),
    ...(numbers.every((number, index) => number === index + 1) ? [] : [`editions ${numbers.join()}`]),
    ...(numbers.length === 0 ? ['no edition at all'] : []),
  ]
}

/** Sent twice is allowed only to a delivery that was tried twice, and then with the same bytes. */
function mailComplaints(db: Db, received: readonly string[]): readonly string[] {
  const deliveries = db
    .prepare(
      `select message_id as id, attempts, state from delivery where json_extract(channel, '$.kind') = 'email'`,
    )
    .all() as readonly { readonly id: string; readonly attempts: number; readonly state: string }[] // as selected
  const copies = Map.groupBy(received, messageIdOf)
  const found = texts(
    db,
    `select state || ' ' || coalesce(detail, '') from delivery where state <> 'sent'`,
  ).map((state) => `a delivery is ${state}`)
  for (const { id, attempts } of deliveries) {
    const raw = copies.get(id) ?? []
    if (raw.length === 0) found.push(`${id} was never received`)
    if (raw.length > attempts) found.push(`${id} was received ${raw.length} times after ${attempts} attempts`)
    if (new Set(raw).size > 1) found.push(`${id} was received with different bytes`)
    copies.delete(id)
  }
  if (copies.size > 0) found.push(`${copies.size} messages nobody knows of`)
  return found
}
