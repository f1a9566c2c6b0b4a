// presslark fetch --backfill: the past of feeds that keep one, page by page.
import { type Backfilled, backfill, createFetchHandler } from '../../jobs/index.ts'
import type { FeedRef } from '../../model/job.ts'
import type { FetchOutcome } from '../../model/outcome.ts'
import { type FeedRow, shownFeedUrl, toFeedRef } from '../../store/index.ts'
import { CommandError, exitCodes } from '../exit.ts'
import { numberOf } from '../number-of.ts'
import { startProgress } from '../progress.ts'
import { createHandlers, type Outside, type Room } from '../start.ts'
import { printable, printJson } from '../terminal.ts'
import { takeLease } from '../writer-lease.ts'

type BackfillOptions = { readonly pages?: string; readonly json?: boolean }

type Line = Backfilled & {
  readonly source: string
  readonly url: string
  readonly items: number
  readonly new: number
  readonly detail?: string // of a page that failed
}

const pagesMax = 1_000

const reasons: Readonly<Record<Backfilled['ended'], string>> = {
  end: 'there are no older ones',
  limit: 'more with --pages',
  loop: 'the next link leads to a page that was read already',
  'foreign-host': 'the next link leads to another host',
  failed: 'the next page could not be read',
}

function pagesOf(text: string): number {
  const pages = Number(text)
  if (Number.isInteger(pages) && pages >= 1 && pages <= pagesMax) return pages
  throw new CommandError(
    `--pages is a number from 1 to ${pagesMax}, not "${text}"`,
    undefined,
    exitCodes.usage,
  )
}

function detailOf(outcome: FetchOutcome | undefined): string | undefined {
  if (outcome === undefined || outcome.kind === 'fetched') return undefined
  return outcome.kind === 'failed' ? outcome.detail : outcome.kind
}

/** Reads the past of one feed; counts what it brought. */
async function backfillOne(room: Room, outside: Outside, feed: FeedRow, pages: number): Promise<Line> {
  const sum = { items: 0, new: 0 }
  const { ingest } = await createHandlers(room, outside, {
    onIngested: ({ counts }) => {
      sum.items += counts.items
      sum.new += counts.new
    },
  })
  if (ingest === undefined) throw new Error('the handlers of one process hold ingest')
  const progress = startProgress(`pages of ${printable(feed.sourceName)}`, pages + 1)
  let last: FetchOutcome | undefined
  const poll = createFetchHandler({ fetcher: outside.fetcher, now: Date.now, expand: room.secrets.expand })
  const fetchPage = async (page: FeedRef): Promise<FetchOutcome> => {
    const [job] = await poll({ name: 'fetch', id: `backfill-${page.feedId}`, feed: page })
    if (job?.name !== 'ingest') throw new CommandError('interrupted', 'what was read is stored')
    return job.outcome
  }
  const onPage = (outcome: FetchOutcome): void => {
    last = outcome
    progress.step(shownFeedUrl(outcome.url))
  }
  const ended = await backfill(toFeedRef(feed), pages, { fetchPage, ingest, onPage })
  progress.end()
  const detail = detailOf(last)
  return {
    ...ended,
    ...sum,
    source: feed.sourceId,
    url: shownFeedUrl(feed.url),
    ...(detail === undefined ? {} : { detail }),
  }
}

function sentence({ source, pages, items, new: fresh, ended, detail }: Line): string {
  const counts = [numberOf(pages, 'older page'), numberOf(items, 'item'), numberOf(fresh, 'new article')]
  const why = detail === undefined ? reasons[ended] : `${reasons[ended]}: ${printable(detail)}`
  return `${source}: ${counts.join(', ')}; ${why}\n`
}

/** Reads the past of each feed in turn. Exit code 1 when a page of one could not be read. */
export async function backfillFeeds(
  room: Room,
  outside: Outside,
  feeds: readonly FeedRow[],
  { pages = '20', json = false }: BackfillOptions,
): Promise<number> {
  const limit = pagesOf(pages)
  const lease = takeLease(room.store)
  if (lease === undefined)
    throw new CommandError('only this command can backfill, and a running presslark writes', 'stop it first')
  const lines: Line[] = []
  try {
    for (const feed of feeds) lines.push(await backfillOne(room, outside, feed, limit))
  } finally {
    lease.release()
  }
  if (json) printJson(lines)
  else for (const line of lines) process.stderr.write(sentence(line))
  return lines.some(({ ended }) => ended === 'failed') ? exitCodes.failed : exitCodes.ok
}
