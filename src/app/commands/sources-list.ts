// presslark sources list: sources and feeds with their state.
import { shownFeedUrl } from '../../store/index.ts'
import { openRoom } from '../start.ts'
import { printJson, shortTime, table } from '../terminal.ts'

/** Prints every feed with the end of its last fetch and the time of the next. */
export async function listSources(options: {
  readonly config?: string
  readonly json?: boolean
}): Promise<undefined> {
  const room = openRoom(options.config === undefined ? {} : { config: options.config })
  const feeds = room.store.feeds.list()
  room.store.close()
  const rows = feeds.map((feed) => ({
    source: feed.sourceId,
    name: feed.sourceName,
    url: shownFeedUrl(feed.url),
    state:
      feed.goneAt !== undefined
        ? 'gone'
        : feed.lastAttemptAt === undefined
          ? 'never fetched'
          : feed.failures > 0
            ? 'failing'
            : 'ok',
    detail: feed.lastDetail ?? '',
    lastSuccess: shortTime(feed.lastSuccessAt),
    nextFetch: feed.goneAt !== undefined || feed.nextFetchAt === 0 ? '-' : shortTime(feed.nextFetchAt),
  }))
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
      48,
    ),
  )
  return undefined
}
