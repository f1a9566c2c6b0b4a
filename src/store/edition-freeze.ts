// Freezes an edition: from here on only these bytes are sent, whatever happens to the archive.
import { createHash } from 'node:crypto'
import type { Channel, Edition, EditionFormat } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'
import type { IdRange } from './material.ts'

/** What is frozen of an edition: the composed data, its rendered bytes, and one delivery per channel and recipient. */
export type IssuedEdition = {
  readonly edition: Edition
  readonly bodies: Readonly<Record<EditionFormat, string>>
  readonly deliveries: readonly NewDelivery[]
  readonly subject: string
}
export type NewDelivery = {
  readonly channel: Channel
  readonly recipient: string
  readonly messageId: string
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Writes an edition, its bodies, its deliveries and what it has shown; call inside a transaction. Returns the edition's id. */
export function createFreeze(db: Db) {
  const insert =
    db.prepare(`insert into edition (digest_id, number, window_from, window_until, from_article_id, until_article_id, composed, subject, manifest, created_at)
    values (@digestId, @number, @windowFrom, @windowUntil, @after, @upTo, @composed, @subject, @manifest, @createdAt)`)
  const body = db.prepare('insert into edition_body (edition_id, format, body) values (?, ?, ?)')
  const delivery =
    db.prepare(`insert into delivery (edition_id, channel, recipient, idempotency_key, message_id, next_try_at)
    values (@editionId, @channel, @recipient, @idempotencyKey, @messageId, @nextTryAt)`)
  const shown =
    db.prepare(`insert into edition_story (digest_id, story_id, edition_id, outlets, languages, sources)
      values (@digestId, @storyId, @editionId, @outlets, @languages, @sources)
    on conflict (digest_id, story_id) do update set edition_id = excluded.edition_id, outlets = max(outlets, excluded.outlets), languages = excluded.languages,
      sources = excluded.sources`)
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
      subject: issued.subject,
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
        sources: JSON.stringify([
          ...new Set([story.lead, ...story.alsoIn].map((line) => line.outlet.sourceId)),
        ]),
      })
    }
    return editionId
  }
}
