// Editions: composed once in one transaction with their rendered bytes and their deliveries, then frozen.
import type { Edition, EditionBodies, EditionMaterial, Window } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'
import { createFreeze } from './edition-freeze.ts'

/** An edition as it was issued. */
export type FrozenEdition = {
  readonly editionId: number
  readonly edition: Edition
  readonly bodies: EditionBodies
}

type EditionRow = {
  readonly id: number
  readonly digestId: string
  readonly number: number
  readonly window: Window
  readonly manifest: string
  readonly createdAt: Instant
}

type RawEdition = Omit<EditionRow, 'window'> & { readonly windowFrom: Instant; readonly windowUntil: Instant }
type RawEarlier = {
  readonly storyId: number
  readonly outlets: number
  readonly languages: string
  readonly sources: string
}

function toEditionRow({ windowFrom, windowUntil, ...rest }: RawEdition): EditionRow {
  return { ...rest, window: { from: windowFrom, until: windowUntil } }
}

const editionColumns =
  'id, digest_id as digestId, number, window_from as windowFrom, window_until as windowUntil, manifest, created_at as createdAt'

function createRead(db: Db) {
  const byUntil = db.prepare('select id, composed from edition where digest_id = ? and window_until = ?')
  const bodies = db.prepare('select format, body from edition_body where edition_id = ?').raw()
  return (digestId: string, until: Instant): FrozenEdition | undefined => {
    const row = byUntil.get(digestId, until) as { readonly id: number; readonly composed: string } | undefined // the columns named above
    return (
      row && {
        editionId: row.id,
        edition: JSON.parse(row.composed),
        bodies: Object.fromEntries(
          bodies.all(row.id) as readonly (readonly [string, string])[],
        ) as FrozenEdition['bodies'], // the four formats are frozen together
      }
    )
  }
}

function createEarlierStories(db: Db) {
  const all = db.prepare(
    'select story_id as storyId, outlets, languages, sources from edition_story where digest_id = ?',
  )
  const some = db.prepare(`select story_id as storyId, outlets, languages, sources from edition_story
    where digest_id = ? and story_id in (select value from json_each(?))`)
  return (digestId: string, storyIds?: readonly number[]): EditionMaterial['earlierStories'] => {
    const rows = storyIds === undefined ? all.all(digestId) : some.all(digestId, JSON.stringify(storyIds))
    return (rows as readonly RawEarlier[]).map(({ languages, sources, ...row }) => ({
      ...row,
      languages: JSON.parse(languages),
      sourceIds: JSON.parse(sources),
    }))
  }
}

function createWindows(db: Db) {
  const register = db.prepare('insert into digest (id, registered_at) values (?, ?) on conflict do nothing')
  const registeredAt = db.prepare('select registered_at from digest where id = ?').pluck()
  const last = db
    .prepare('select window_until from edition where digest_id = ? order by window_until desc limit 1')
    .pluck()
  const lastBefore = db.prepare(`select window_until as until, until_article_id as upTo from edition
    where digest_id = ? and window_until < ? order by window_until desc limit 1`)
  return {
    /** Remembers since when a digest exists, so that a new one is not due for the slots before. */
    register: (digestId: string, now: Instant): void => void register.run(digestId, now),
    /** The end of the last edition's window, else the time the digest was registered. */
    coveredUntil: (digestId: string): Instant | undefined =>
      (last.get(digestId) ?? registeredAt.get(digestId)) as Instant | undefined, // integer columns
    /** The last edition that ends before `until`: where the next window begins. */
    lastBefore: (
      digestId: string,
      until: Instant,
    ): { readonly until: Instant; readonly upTo: number } | undefined =>
      lastBefore.get(digestId, until) as { until: Instant; upTo: number } | undefined, // the columns named above
  }
}

/** The editions' part of the store. */
export function createEditionStore(db: Db) {
  const lastNumber = db.prepare('select coalesce(max(number), 0) from edition where digest_id = ?').pluck()
  const list = db.prepare(
    `select ${editionColumns} from edition where (@digestId is null or digest_id = @digestId) order by id desc limit @limit`,
  )
  const numbered = db.prepare(`select ${editionColumns} from edition where digest_id = ? and number = ?`)
  return {
    ...createWindows(db),
    /** One edition of a digest by its number. */
    numbered: (digestId: string, number: number): EditionRow | undefined => {
      const row = numbered.get(digestId, number) as RawEdition | undefined // the columns named above
      return row && toEditionRow(row)
    },
    lastNumber: (digestId: string): number => Number(lastNumber.get(digestId)),
    /** The frozen edition that ends at `until`, byte for byte as it was issued. */
    read: createRead(db),
    /** The newest first. */
    list: (digestId: string | undefined, limit: number): readonly EditionRow[] =>
      (list.all({ digestId: digestId ?? null, limit }) as readonly RawEdition[]).map(toEditionRow), // the columns named above
    /** The stories this digest has shown, as last shown; name `storyIds`, else the answer grows with every edition. */
    earlierStories: createEarlierStories(db),
    freeze: createFreeze(db),
  }
}
