// What each feed listed last, and the entries that were withdrawn from it.
import type { KnownSeals } from '../model/item.ts'
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'
import { type ListedSeals, packSeals, unpackSeals } from './feed-seals.ts'

/** An entry of a listing: its item key, when it was published, and whether it is missing from the middle of what the feed lists now. */
export type StoredEntry = { readonly key: string; readonly at?: Instant; readonly missing?: boolean }
/** What a feed listed, newest first, at its fetch of `at`. */
export type FeedListing = { readonly at: Instant; readonly entries: readonly StoredEntry[] }

// Kept short, since a row is written whenever a feed changes: [key], [key, at] or [key, at or null, 1] for one that is missing.
type Packed = readonly [key: string, at?: Instant | null, missing?: 1]

const pack = ({ key, at, missing }: StoredEntry): Packed =>
  missing ? [key, at ?? null, 1] : at === undefined ? [key] : [key, at]

function unpack([key, at, missing]: Packed): StoredEntry {
  return {
    key,
    ...(at === undefined || at === null ? {} : { at }),
    ...(missing === undefined ? {} : { missing: true }),
  }
}

function unpackAll(entries: string): readonly StoredEntry[] {
  return (JSON.parse(entries) as readonly Packed[]).map(unpack) // written by `write` alone
}

/** The listings' part of the store. */
export function createFeedListingStore(db: Db) {
  const read = db.prepare('select at, entries from feed_listing where feed_id = ?')
  const write = db.prepare(`insert into feed_listing (feed_id, at, entries, seals) values (?, ?, ?, ?)
    on conflict (feed_id) do update set at = excluded.at, entries = excluded.entries, seals = excluded.seals`)
  const sealed = db.prepare('select entries, seals from feed_listing where feed_id = ? and seals is not null')
  const breakSeals = db.prepare('update feed_listing set seals = null where feed_id = ?')
  // The plus keeps SQLite from reading every entry that the feed ever had: few are withdrawn.
  const recent = db.prepare('select count(*) from sighting where withdrawn_at >= ? and +feed_id = ?').pluck()
  // A page that the source still lists, under another key or in another of its feeds, was not withdrawn.
  const withdraw = db.prepare(`update sighting set withdrawn_at = @at
    where feed_id = @feedId and withdrawn_at is null and item_key in (select value from json_each(@keys))
      and not exists (
        select 1 from sighting o
          join feed f on f.id = o.feed_id
          join feed own on own.id = @feedId and own.source_id = f.source_id
          join feed_listing l on l.feed_id = o.feed_id
          join json_each(l.entries) e on e.value ->> 0 = o.item_key and e.value ->> 2 is null
        where o.article_id = sighting.article_id)`)
  const restore = db.prepare(`update sighting set withdrawn_at = null
    where withdrawn_at is not null and feed_id = @feedId and item_key in (select value from json_each(@keys))`)
  return {
    read: (feedId: number): FeedListing | undefined => {
      const row = read.get(feedId) as { readonly at: Instant; readonly entries: string } | undefined // the columns named above
      return row && { at: row.at, entries: unpackAll(row.entries) }
    },
    /** Without `seals` every entry is to be read at the next fetch. */
    write: (feedId: number, { at, entries }: FeedListing, seals?: ListedSeals): void => {
      const packed = seals === undefined ? null : packSeals(entries, seals)
      write.run(feedId, at, JSON.stringify(entries.map(pack)), packed)
    },
    /** What is known of the entries that the feed listed, by their seals. */
    known: (feedId: number): KnownSeals | undefined => {
      const row = sealed.get(feedId) as { readonly entries: string; readonly seals: string } | undefined // the columns named above
      return row && unpackSeals(unpackAll(row.entries), row.seals)
    },
    /** Every entry is to be read at the next fetch. */
    breakSeals: (feedId: number): void => void breakSeals.run(feedId),
    /** How many entries this feed has withdrawn since then. */
    withdrawnSince: (feedId: number, since: Instant): number => Number(recent.get(since, feedId)),
    /** Marks entries as withdrawn, as noticed at `at`; those marked before, and pages that the source still lists, stay as they are. Write the listing first. */
    withdraw: (feedId: number, keys: readonly string[], at: Instant): number =>
      withdraw.run({ feedId, at, keys: JSON.stringify(keys) }).changes,
    /** Entries that are listed again were not withdrawn. */
    restore: (feedId: number, keys: readonly string[]): number =>
      restore.run({ feedId, keys: JSON.stringify(keys) }).changes,
  }
}
