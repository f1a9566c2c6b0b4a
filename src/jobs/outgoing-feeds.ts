// Feeds of ours: the recent stories of a topic, the recent editions of a digest.
import type { Digest } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import { composeEdition } from '../pipeline/compose.ts'
import { digestFeed, type OutgoingFeed, topicFeed } from '../pipeline/outgoing-feed.ts'
import type { Store } from '../store/index.ts'
import { type Desk, headingsOf, topicsOf } from './desk.ts'
import { gatherMaterial } from './gather.ts'

const windowMs = 48 * 3_600_000
const storiesMax = 50
const editionsMax = 30

/** The first digest that tells of the topic: its readers' language and clock are the feed's. */
function readersOf(desk: Desk, topicId: string): Digest | undefined {
  return desk.digests.find(({ watchlist }) => topicsOf(desk, watchlist).some(({ id }) => id === topicId))
}

/** The stories of the last two days on a topic, at most fifty; undefined when there is no such topic. */
export function feedOfTopic(
  store: Store,
  desk: Desk,
  topicId: string,
  now: Instant,
): OutgoingFeed | undefined {
  const [heading] = headingsOf(desk, [topicId])
  if (heading === undefined) return undefined
  const { language = 'en', timeZone = 'UTC' } = readersOf(desk, topicId) ?? {}
  const digest: Digest = {
    id: `topic-${topicId}`,
    name: heading.name,
    watchlist: '',
    schedule: '',
    timeZone,
    language,
    channels: [],
    storiesPerSection: storiesMax,
    whenEmpty: 'skip',
  }
  const window = { from: now - windowMs, until: now }
  const range = { after: store.material.lastIdAt(window.from), upTo: store.material.lastIdAt(now) }
  const material = gatherMaterial({ store, desk, digest, told: [] }, window, range, [heading])
  return topicFeed(topicId, composeEdition(material))
}

/** The last thirty editions of a digest, as they were frozen. */
export function feedOfDigest(store: Store, { id, name }: Pick<Digest, 'id' | 'name'>): OutgoingFeed {
  const editions = store.editions
    .list(id, editionsMax)
    .flatMap(({ window }) => store.editions.read(id, window.until)?.edition ?? [])
  return digestFeed(id, name, editions)
}
