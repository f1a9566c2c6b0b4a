// presslark sources list: sources and feeds with their state.
import type { FeedHealth } from '../../pipeline/feed-health.ts'
import { type FeedRow, shownFeedUrl } from '../../store/index.ts'
import { healthDetail } from '../health-words.ts'
import { openRoom } from '../start.ts'
import { table } from '../table.ts'
import { printJson, shortTime } from '../terminal.ts'

const dayMs = 24 * 3_600_000

function rowOf(feed: FeedRow, health: FeedHealth) {
  return {
    source: feed.sourceId,
    name: feed.sourceName,
    url: shownFeedUrl(feed.url),
    state: health.state.replace('never-fetched', 'never fetched'),
    detail: healthDetail(health) || (feed.lastDetail ?? ''),
    lastSuccess: shortTime(feed.lastSuccessAt),
    nextFetch:
      health.state === 'gone' || health.state === 'duplicate' || feed.nextFetchAt === 0
        ? '-'
        : shortTime(feed.nextFetchAt),
  }
}

/** Prints every feed with how it was doing in the last day, its last success and the time of the next fetch. */
export async function listSources(options: {
  readonly config?: string
  readonly json?: boolean
}): Promise<undefined> {
  const room = await openRoom(options.config === undefined ? {} : { config: options.config })
  const feeds = room.store.feeds.list()
  const health = room.store.coverage.health({ from: Date.now() - dayMs, until: Date.now() })
  room.store.close()
  const rows = feeds.map((feed) => rowOf(feed, health.get(feed.id) ?? { state: 'never-fetched' }))
  if (options.json) return void printJson(rows)
  process.stdout.write(
    table(
      ['source', 'name', 'state', 'last success', 'next fetch', 'feed', 'detail'],
      rows.map((row) => [
        row.source,
        row.name,
        row.state,
        row.lastSuccess,
        row.nextFetch,
        row.url,
        row.detail,
      ]),
      80,
    ),
  )
  return undefined
}
