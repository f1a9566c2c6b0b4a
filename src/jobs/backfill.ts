// The past of one feed, page by page: RFC 5005 archives and paged feeds, only when somebody asks for it.
import type { Item, NormalisedFeed } from '../model/item.ts'
import type { FeedRef, Job } from '../model/job.ts'
import type { FetchOutcome } from '../model/outcome.ts'
import { type NextPage, nextPage } from '../pipeline/next-page.ts'

export type BackfillDeps = {
  /** Fetches one page politely, as polling does. */
  readonly fetchPage: (page: FeedRef) => Promise<FetchOutcome>
  /** Keeps what a page brought. */
  readonly ingest: (job: Extract<Job, { name: 'ingest' }>) => Promise<unknown>
  readonly onPage?: (outcome: FetchOutcome) => void
}

/** `ended` says why there was no further page. */
export type Backfilled = {
  readonly pages: number
  readonly ended: Exclude<NextPage['kind'], 'page'> | 'limit' | 'failed'
}

/**
 * Polls the feed whole, then follows its links to older pages: `pagesMax` of them at most, on the feed's own host only,
 * none twice. What they bring is kept as of the archive; validators, schedule and health of the feed stay as they are.
 */
export async function backfill(feed: FeedRef, pagesMax: number, deps: BackfillDeps): Promise<Backfilled> {
  const seen = new Set<string>()
  let url = feed.settings.url
  for (let pages = 0; ; pages++) {
    seen.add(url)
    const outcome = await takePage(feed, url, pages === 0, deps)
    if (outcome.kind !== 'fetched') return { pages: Math.max(0, pages - 1), ended: 'failed' }
    seen.add(outcome.url)
    const next = nextPage(feed.settings, outcome, seen)
    if (next.kind !== 'page') return { pages, ended: next.kind }
    if (pages >= pagesMax) return { pages, ended: 'limit' }
    url = next.url
  }
}

async function takePage(
  feed: FeedRef,
  url: string,
  isNewest: boolean,
  deps: BackfillDeps,
): Promise<FetchOutcome> {
  const { bodyHash: _, ...ref } = feed
  const found = await deps.fetchPage({ ...ref, settings: { ...feed.settings, url }, validators: {} })
  const outcome = found.kind !== 'fetched' || isNewest ? found : asPast(found)
  deps.onPage?.(outcome)
  const isOnlyAPage = outcome.kind !== 'fetched' && !isNewest // says nothing of the feed
  const { feedId } = feed
  if (!isOnlyAPage)
    await deps.ingest({ name: 'ingest', id: `backfill-${feedId}-${outcome.at}`, feedId, outcome })
  return outcome
}

function asPast(outcome: Extract<FetchOutcome, { kind: 'fetched' }>): FetchOutcome {
  const items = outcome.feed.items.map((item): Item => ({ ...item, flags: [...item.flags, 'from-archive'] }))
  const feed: NormalisedFeed = { ...outcome.feed, items }
  return { ...outcome, feed, aside: 'backfill' }
}
