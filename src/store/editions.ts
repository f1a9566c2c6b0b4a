// Editions: composed once in one transaction with their rendered bytes and their deliveries, then frozen.
import { createHash } from 'node:crypto'
import type { Channel, Edition, EditionFormat, Window } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'
import type { IdRange } from './material.ts'

/** What is frozen of an edition: the composed data, its rendered bytes, and one delivery per channel and recipient. */
export type IssuedEdition = {
  readonly edition: Edition
  readonly bodies: Readonly<Record<EditionFormat, string>>
  readonly deliveries: readonly NewDelivery[]
}
export type NewDelivery = {
  readonly channel: Channel
  readonly recipient: string
  readonly messageId: string
}

/** Where the next edition of a digest begins, and its number. */
export type NextEdition = { readonly number: number; readonly from: Instant; readonly afterArticleId: number }

export type EditionRow = {
  readonly id: number
  readonly digestId: string
  readonly number: number
  readonly window: Window
  readonly manifest: string
  readonly createdAt: Instant
}

export type EditionStore = ReturnType<typeof createEditionStore>

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

type RawEdition = {
  id: number
  digestId: string
  number: number
  windowFrom: number
  windowUntil: number
  manifest: string
  createdAt: number
}

function toEditionRow({ windowFrom, windowUntil, ...rest }: RawEdition): EditionRow {
  return { ...rest, window: { from: windowFrom, until: windowUntil } }
}

const editionColumns =
  'id, digest_id as digestId, number, window_from as windowFrom, window_until as windowUntil, manifest, created_at as createdAt'

function createFreeze(db: Db) {
  const insert =
    db.prepare(`insert into edition (digest_id, number, window_from, window_until, from_article_id, until_article_id, composed, manifest, created_at)
    values (@digestId, @number, @windowFrom, @windowUntil, @after, @upTo, @composed, @manifest, @createdAt)`)
  const body = db.prepare('insert into edition_body (edition_id, format, body) values (?, ?, ?)')
  const delivery =
    db.prepare(`insert into delivery (edition_id, channel, recipient, idempotency_key, message_id, next_try_at)
    values (@editionId, @channel, @recipient, @idempotencyKey, @messageId, @nextTryAt)`)
  const shown =
    db.prepare(`insert into edition_story (digest_id, story_id, edition_id, outlets, languages) values (@digestId, @storyId, @editionId, @outlets, @languages)
    on conflict (digest_id, story_id) do update set edition_id = excluded.edition_id, outlets = max(outlets, excluded.outlets), languages = excluded.languages`)
  return (issued: IssuedEdition, range: IdRange, now: Instant): number => {
    const { edition } = issued
    const composed = JSON.stringify(edition)
    const { lastInsertRowid } = insert.run({
      digestId: edition.digestId,
      number: edition.number,
      windowFrom: edition.window.from,
      windowUntil: edition.window.until,
      ...range,
      composed,
      manifest: sha256(composed),
      createdAt: now,
    })
    const editionId = Number(lastInsertRowid)
    for (const [format, text] of Object.entries(issued.bodies)) body.run(editionId, format, text)
    for (const [index, { channel, recipient, messageId }] of issued.deliveries.entries()) {
      const idempotencyKey = `${edition.digestId}-${edition.number}-${sha256(`${channel.kind} ${recipient} ${index}`).slice(0, 16)}`
      delivery.run({
        editionId,
        channel: JSON.stringify(channel),
        recipient,
        idempotencyKey,
        messageId,
        nextTryAt: now,
      })
    }
    const told = [...edition.sections.flatMap((section) => section.stories), ...edition.developing]
    for (const story of told) {
      const languages = [story.lead.language, ...story.alsoIn.map((line) => line.language)].filter(
        (language) => language !== undefined,
      )
      shown.run({
        digestId: edition.digestId,
        storyId: story.storyId,
        editionId,
        outlets: story.outlets,
        languages: JSON.stringify([...new Set(languages)]),
      })
    }
    return editionId
  }
}

/** The editions' part of the store. */
export function createEditionStore(db: Db) {
  const register = db.prepare('insert into digest (id, registered_at) values (?, ?) on conflict do nothing')
  const registeredAt = db.prepare('select registered_at from digest where id = ?').pluck()
  const last = db.prepare(
    `select number, window_until as until, until_article_id as upTo from edition where digest_id = ? order by number desc limit 1`,
  )
  const byUntil = db.prepare(`select ${editionColumns} from edition where digest_id = ? and window_until = ?`)
  const list = db.prepare(
    `select ${editionColumns} from edition where (@digestId is null or digest_id = @digestId) order by id desc limit @limit`,
  )
  const bodyOf = db.prepare('select body from edition_body where edition_id = ? and format = ?').pluck()
  const earlier = db.prepare(
    'select story_id as storyId, outlets, languages from edition_story where digest_id = ?',
  )
  return {
    /** Remembers since when a digest exists, so that a new one is not due for the slots before. */
    register: (digestId: string, now: Instant): void => void register.run(digestId, now),
    /** The end of the last edition's window, else the time the digest was registered. */
    coveredUntil: (digestId: string): Instant | undefined => {
      const edition = last.get(digestId) as { readonly until: number } | undefined
      return edition?.until ?? (registeredAt.get(digestId) as number | undefined)
    },
    lastOf: (
      digestId: string,
    ): { readonly number: number; readonly until: Instant; readonly upTo: number } | undefined =>
      last.get(digestId) as { number: number; until: number; upTo: number } | undefined,
    find: (digestId: string, until: Instant): EditionRow | undefined => {
      const row = byUntil.get(digestId, until) as RawEdition | undefined
      return row && toEditionRow(row)
    },
    list: (digestId: string | undefined, limit: number): readonly EditionRow[] =>
      (list.all({ digestId: digestId ?? null, limit }) as readonly RawEdition[]).map(toEditionRow),
    body: (editionId: number, format: EditionFormat): string | undefined =>
      bodyOf.get(editionId, format) as string | undefined,
    earlierStories: (digestId: string) =>
      (earlier.all(digestId) as readonly { storyId: number; outlets: number; languages: string }[]).map(
        (row) => ({
          ...row,
          languages: JSON.parse(row.languages) as readonly string[],
        }),
      ),
    freeze: createFreeze(db),
  }
}
