// Composes an edition and freezes it: material, order, rendered bytes and deliveries in one transaction.
import { createHash } from 'node:crypto'
import type { Channel, Digest, Edition, EditionBodies, EditionMaterial } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import { composeEdition } from '../pipeline/compose.ts'
import { editionSubject } from '../pipeline/edition-subject.ts'
import type { NewDelivery, Store } from '../store/index.ts'
import { type Desk, headingsOf, topicsOf } from './desk.ts'
import { gatherMaterial } from './gather.ts'
import { withManifest } from './manifest.ts'
import { renderEdition, type Templates } from './render-edition.ts'

export type DigestDeps = {
  readonly store: Store
  readonly desk: () => Desk
  readonly now: () => Instant
  readonly mailDomain: string // right-hand side of Message-IDs
  readonly templates?: Templates // needed only by digests that name one
}

export type Issue = {
  readonly editionId?: number
  readonly edition: Edition
  readonly bodies: EditionBodies
}

const firstWindowMs = 24 * 3_600_000

/** What the edition of `digest` up to `until` is composed from, and the article ids it covers. */
function gather(store: Store, desk: Desk, digest: Digest, until: Instant) {
  const last = store.editions.lastBefore(digest.id, until)
  const window = { from: last?.until ?? until - firstWindowMs, until }
  const range = {
    after: last?.upTo ?? store.material.lastIdAt(window.from),
    upTo: store.material.lastIdAt(until),
  }
  const topics = headingsOf(
    desk,
    topicsOf(desk, digest.watchlist).map(({ id }) => id),
  )
  const ids = topics.map((topic) => topic.topicId)
  const material: EditionMaterial = {
    ...gatherMaterial({ store, desk, digest }, window, range, topics),
    ...store.material.totals(range, window),
    ...store.material.baselines(ids, window, digest.minimumGrade),
  }
  return { material, range }
}

/** A Message-ID that is the same whenever this edition goes to this recipient. */
function messageId(digestId: string, until: Instant, recipient: string, domain: string): string {
  const who = createHash('sha256').update(recipient).digest('hex').slice(0, 16)
  return `<${digestId}.${until}.${who}@${domain}>`
}

/** One delivery for each channel and recipient of a standing order, but for those who unsubscribed. */
export function deliveriesOf(
  order: Pick<Digest, 'id' | 'channels'>,
  until: Instant,
  domain: string,
  unsubscribed: ReadonlySet<string>,
): readonly NewDelivery[] {
  return order.channels.flatMap((channel) =>
    recipientsOf(channel, unsubscribed).map((recipient) => ({
      channel,
      recipient,
      messageId: messageId(order.id, until, recipient, domain),
    })),
  )
}

/** One delivery each. What a channel names as its recipient is no secret: it is stored and listed. */
function recipientsOf(channel: Channel, unsubscribed: ReadonlySet<string>): readonly string[] {
  switch (channel.kind) {
    case 'email':
      return channel.to.filter((address) => !unsubscribed.has(address))
    case 'file':
      return [channel.path]
    case 'stdout':
      return ['stdout']
    case 'telegram':
      return [channel.chat]
    default:
      return [channel.url]
  }
}

function isEmpty(edition: Edition): boolean {
  const { topStories, sections, developing, corrections, withdrawals = [] } = edition
  const stories = [topStories, developing, ...sections.map((section) => section.stories)]
  return [...stories, corrections, withdrawals].every((lines) => lines.length === 0)
}

/** Composes without storing anything: what `--dry-run` and `--preview` show. */
export function previewEdition(
  { store, desk, templates }: DigestDeps,
  digest: Digest,
  until: Instant,
): Issue {
  const edition = withManifest(composeEdition(gather(store, desk(), digest, until).material))
  return { edition, bodies: renderEdition(edition, digest, templates) }
}

/** Composes and freezes the edition up to `until`; an edition that exists already is left as it is. */
export function issueEdition(
  { store, desk, now, mailDomain, templates }: DigestDeps,
  digest: Digest,
  until: Instant,
): Issue {
  return store.transaction(() => {
    const frozen = store.editions.read(digest.id, until)
    if (frozen !== undefined) return frozen
    const { material, range } = gather(store, desk(), digest, until)
    const edition = withManifest(composeEdition(material))
    const bodies = renderEdition(edition, digest, templates)
    const skip = digest.whenEmpty === 'skip' && isEmpty(edition)
    const gone = store.unsubscribes.of(digest.id)
    const deliveries = skip ? [] : deliveriesOf(digest, until, mailDomain, gone)
    const editionId = store.editions.freeze(
      { edition, bodies, deliveries, subject: editionSubject(edition) },
      range,
      now(),
    )
    return { editionId, edition, bodies }
  })
}
