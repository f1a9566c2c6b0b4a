// Keeps the folder of our own feeds current: one Atom and one JSON file for every topic and digest that has something new.
import { join } from 'node:path'
import { feedOfDigest, feedOfTopic } from '../jobs/index.ts'
import type { Instant } from '../model/time.ts'
import type { OutgoingFeed } from '../pipeline/outgoing-feed.ts'
import { renderAtom } from '../pipeline/render-atom.ts'
import { renderJsonFeed } from '../pipeline/render-json-feed.ts'
import type { Room } from './start.ts'
import { writeWhole } from './write-whole.ts'

/** Feed readers ask every quarter of an hour at most; a busy topic need not be written at every tick. */
const restMs = 5 * 60_000
/** The files are there to be served by a web server that runs as somebody else. */
const readableByAll = 0o644

function writeFeed(folder: string, name: string, feed: OutgoingFeed): void {
  writeWhole(join(folder, `${name}.atom`), renderAtom(feed), readableByAll)
  writeWhole(join(folder, `${name}.json`), renderJsonFeed(feed), readableByAll)
}

/**
 * Call it at every tick: it writes what has changed since it last did, and everything the first time. Throws when a file cannot be
 * written; the next call tries it again. Does nothing without a folder.
 */
export function createFeedPublisher({ config, store, desk }: Room): (now: Instant) => void {
  const folder = config.settings.feedsFolder
  if (folder === undefined) return () => undefined
  const written = new Map<string, { readonly afterArticleId: number; readonly lookedAt: Instant }>()
  const publishTopic = (topicId: string, now: Instant): void => {
    const last = written.get(topicId)
    if (last !== undefined && (now - last.lookedAt < restMs || !store.alerts.hasNews(last, [topicId]))) return
    const look = { afterArticleId: store.material.lastIdAt(now), lookedAt: now }
    const feed = feedOfTopic(store, desk(), topicId, now)
    if (feed !== undefined) writeFeed(folder, `topic-${topicId}`, feed)
    written.set(topicId, look)
  }
  const covered = new Map<string, Instant | undefined>()
  return (now) => {
    for (const { id } of desk().topics) publishTopic(id, now)
    for (const digest of desk().digests) {
      const until = store.editions.coveredUntil(digest.id)
      if (covered.has(digest.id) && covered.get(digest.id) === until) continue
      writeFeed(folder, `digest-${digest.id}`, feedOfDigest(store, digest))
      covered.set(digest.id, until)
    }
  }
}
