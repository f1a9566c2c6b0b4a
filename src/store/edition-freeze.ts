// Freezes an edition: from here on only these bytes are sent, whatever happens to the archive.
import { createHash } from 'node:crypto'
import type { Channel, EditionBodies, SealedEdition, StoryLine } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'
import type { IdRange } from './material.ts'

/** What is frozen of an edition: the composed data, its rendered bytes, and one delivery per channel and recipient. */
export type IssuedEdition = {
  readonly edition: SealedEdition
  readonly bodies: EditionBodies
  readonly deliveries: readonly NewDelivery[]
  readonly subject: string
}
export type NewDelivery = {
  readonly channel: Channel
  readonly recipient: string
  readonly messageId: string
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

function createIssue(db: Db) {
  const insert =
    db.prepare(`insert into edition (digest_id, number, window_from, window_until, from_article_id, until_article_id, time_zone,
      composed, subject, manifest, created_at)
    values (@digestId, @number, @windowFrom, @windowUntil, @after, @upTo, @timeZone, @composed, @subject, @manifest, @createdAt)`)
  const body = db.prepare('insert into edition_body (edition_id, format, body) values (?, ?, ?)')
  return ({ edition, bodies, subject }: IssuedEdition, range: IdRange, now: Instant): number => {
    const { lastInsertRowid } = insert.run({
      digestId: edition.digestId,
      number: edition.number,
      windowFrom: edition.window.from,
      windowUntil: edition.window.until,
      timeZone: edition.timeZone,
      ...range,
      composed: JSON.stringify(edition),
      subject,
      manifest: edition.appendix.manifest,
      createdAt: now,
    })
    for (const [format, text] of Object.entries(bodies)) body.run(lastInsertRowid, format, text)
    return Number(lastInsertRowid)
  }
}

function createOutbox(db: Db) {
  const insert =
    db.prepare(`insert into delivery (edition_id, channel, recipient, idempotency_key, message_id, next_try_at)
    values (@editionId, @channel, @recipient, @idempotencyKey, @messageId, @nextTryAt)`)
  return (editionId: number, { edition, deliveries }: IssuedEdition, now: Instant): void => {
    for (const [index, { channel, recipient, messageId }] of deliveries.entries()) {
      const who = sha256(`${channel.kind} ${recipient} ${index}`).slice(0, 16)
      insert.run({
        editionId,
        channel: JSON.stringify(channel),
        recipient,
        idempotencyKey: `${edition.digestId}-${edition.number}-${who}`,
        messageId,
        nextTryAt: now,
      })
    }
  }
}

function createShown(db: Db) {
  const upsert =
    db.prepare(`insert into edition_story (digest_id, story_id, edition_id, outlets, languages, sources)
      values (@digestId, @storyId, @editionId, @outlets, @languages, @sources)
    on conflict (digest_id, story_id) do update set edition_id = excluded.edition_id,
      outlets = max(outlets, excluded.outlets), languages = excluded.languages, sources = excluded.sources`)
  return (editionId: number, digestId: string, { storyId, outlets, lead, alsoIn }: StoryLine): void => {
    const lines = [lead, ...alsoIn]
    const languages = lines.flatMap((line) => line.language ?? [])
    upsert.run({
      digestId,
      storyId,
      editionId,
      outlets,
      languages: JSON.stringify([...new Set(languages)]),
      sources: JSON.stringify([...new Set(lines.map((line) => line.outlet.sourceId))]),
    })
  }
}

/** Writes an edition, its bodies, its deliveries and what it has shown; call inside a transaction. Returns the edition's id. */
export function createFreeze(db: Db) {
  const issue = createIssue(db)
  const fillOutbox = createOutbox(db)
  const remember = createShown(db)
  return (issued: IssuedEdition, range: IdRange, now: Instant): number => {
    const { digestId, sections, developing } = issued.edition
    const editionId = issue(issued, range, now)
    fillOutbox(editionId, issued, now)
    for (const story of [...sections.flatMap((section) => section.stories), ...developing])
      remember(editionId, digestId, story)
    return editionId
  }
}
