// Has the new entries of an outcome analysed in another thread while others are being stored, so that the writer finds it done.
import type { Item } from '../model/item.ts'
import type { FetchOutcome } from '../model/outcome.ts'
import type { Taggable, Topic } from '../model/topic.ts'
import type { EntryAnalysis } from '../pipeline/entry-analysis.ts'
import type { FeedRow } from '../store/index.ts'
import type { Desk } from './desk.ts'
import { type Analysed, taggableOf } from './incoming.ts'
import { contentHash, itemKey } from './item-key.ts'
import { languageOf } from './keep-item.ts'
import type { KeeperDeps } from './unwritten.ts'

/** Who analyses entries elsewhere. */
export type Analyst = {
  /** Whether there is so much to do now that entries are worth sending; `entries` are on their way. */
  readonly isBusy: (entries: number) => boolean
  /** One analysis for each article, by these topics; undefined when nobody could make them. */
  readonly analyse: (
    articles: readonly Taggable[],
    topics: readonly Topic[],
  ) => Promise<readonly EntryAnalysis[] | undefined>
}

/** What was found out about entries before their turn came. It counts for the desk it was made for. */
export type Ahead = { readonly desk: Desk; readonly entries: ReadonlyMap<Item, Analysed> }

/** For fewer, sending them costs as much as it saves. */
const entriesMin = 8
/** What is sent at once: a thread that takes long over a feed of thousands holds up everybody else's. */
const entriesMax = 100

type AheadDeps = KeeperDeps & { readonly analyst: Analyst }

/**
 * Undefined when it was not worth while, or came to nothing: the writer reads such entries itself, and comes to the same. Never rejects,
 * since nobody listens before the writer comes to it: whatever is wrong, the writer meets it too.
 * Nothing of it is decided here: by the time of storing, an entry may be known after all.
 */
export async function analyseAhead(
  deps: AheadDeps,
  feedId: number,
  outcome: FetchOutcome,
): Promise<Ahead | undefined> {
  try {
    return await analyseUnknown(deps, feedId, outcome)
  } catch {
    return undefined
  }
}

async function analyseUnknown(
  deps: AheadDeps,
  feedId: number,
  outcome: FetchOutcome,
): Promise<Ahead | undefined> {
  if (outcome.kind !== 'fetched' || !deps.analyst.isBusy(outcome.feed.items.length)) return undefined
  const feed = deps.store.feeds.find(feedId)
  if (feed === undefined) return undefined
  const items = unknownItems(deps, feed, outcome)
  if (items.length < entriesMin) return undefined
  const desk = deps.desk()
  const groups = Array.from({ length: Math.ceil(items.length / entriesMax) }, (_, group) =>
    items.slice(group * entriesMax, (group + 1) * entriesMax),
  )
  const analysed = await Promise.all(
    groups.map((group) => analyseGroup(deps, group, { feed, desk, feedLanguage: outcome.feed.language })),
  )
  return { desk, entries: new Map(analysed.flat()) }
}

/** Entries that will have to be read: all of a feed that was never heard, and of others those that say something new. */
function unknownItems(
  { store }: KeeperDeps,
  feed: FeedRow,
  outcome: Extract<FetchOutcome, { kind: 'fetched' }>,
): readonly Item[] {
  const { items } = outcome.feed
  if (feed.lastSuccessAt === undefined) return items
  return items.filter(
    (item) => store.articles.findSighting(feed.id, itemKey(item))?.contentHash !== contentHash(item),
  )
}

type GroupContext = {
  readonly feed: FeedRow
  readonly desk: Desk
  readonly feedLanguage: string | undefined
}

async function analyseGroup(
  deps: AheadDeps,
  items: readonly Item[],
  { feed, desk, feedLanguage }: GroupContext,
): Promise<readonly (readonly [Item, Analysed])[]> {
  const articles = items.map((item) => {
    const language = languageOf(deps, { feed, item, ...(feedLanguage === undefined ? {} : { feedLanguage }) })
    return taggableOf(item, { feed, desk, ...(language === undefined ? {} : { language }) })
  })
  const analyses = await deps.analyst.analyse(articles, desk.topics)
  return items.flatMap((item, index) => {
    const [article, analysis] = [articles[index], analyses?.[index]]
    return article === undefined || analysis === undefined ? [] : [[item, { article, analysis }] as const]
  })
}
