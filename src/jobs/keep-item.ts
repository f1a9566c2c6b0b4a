// Keeps one item: unchanged, a revision of what we have, a copy of somebody's report, or a new article. Nothing is dropped.
import type { Item } from '../model/item.ts'
import type { KnownVerdict, NewVerdict, Question, Verdict } from '../pipeline/judge.ts'
import type { FeedRow, KnownArticle } from '../store/index.ts'
import { reportRow } from './echo-indexes.ts'
import { comparedText, type Incoming, readIncoming } from './incoming.ts'
import { placeReason } from './place-reason.ts'
import type { Tally } from './tally.ts'
import type { KeeperDeps, Unwritten } from './unwritten.ts'

/** An item as it came, with its identity within its feed, a hash of what it says, and what its outcome says of it. */
export type Arrival = {
  readonly feed: FeedRow
  readonly item: Item
  readonly key: string
  readonly hash: string
  readonly feedLanguage?: string // what the feed says of itself
  readonly isLate: boolean // a newer fetch of the feed was kept already: what is known stays as that one said
  readonly tally: Tally // counts what becomes of it
}

/** An entry that nobody read, for its source is what it was: the store must know it with the same beginning of its hash. */
export type KnownArrival = Pick<Arrival, 'feed' | 'key' | 'hash' | 'tally'>

/** What keeping items needs: the rows that they come to wait in `unwritten`. */
export type Keeping = KeeperDeps & { readonly unwritten: Unwritten }

/** An arrival that says something we have not got, with what has to be decided. */
export type Reading = {
  readonly arrival: Arrival
  readonly incoming: Incoming
  readonly question: Question
}

/** Reads an arrival once, and looks up what the store knows of it. `sightedArticleId` is what its feed showed under this key so far. */
export function readArrival(
  deps: KeeperDeps,
  arrival: Arrival,
  sightedArticleId: number | undefined,
): Reading {
  const { feed, item, key, hash, isLate } = arrival
  const language = languageOf(deps, arrival)
  const context = { feed, desk: deps.desk(), now: deps.now(), key, hash }
  const incoming = readIncoming(item, language === undefined ? context : { ...context, language })
  const { document, article } = incoming
  const compared = comparedText({ summary: article.summary ?? '', body: article.body ?? '' })
  const known = knownOf(deps, incoming, sightedArticleId)
  return { arrival, incoming, question: { document, compared, known, isLate } }
}

/** What feed, source or entry say of its language, else what its text tells. */
function languageOf(
  deps: Pick<KeeperDeps, 'detectLanguage'>,
  { feed, item, feedLanguage }: Arrival,
): string | undefined {
  const said = item.language ?? feed.settings.language ?? feed.language ?? feedLanguage
  if (said !== undefined) return said
  const detected = deps.detectLanguage(`${item.title ?? ''}\n${item.summary}`)
  return detected === 'und' ? undefined : detected
}

/** Keeps an item as the verdict says and counts it; call it inside a transaction, for one item after the other. */
export function keepItem(deps: Keeping, reading: Reading, verdict: Verdict): void {
  if ('articleId' in verdict) keepNew(deps, reading, verdict)
  else keepKnown(deps, reading, verdict)
}

function keepKnown(deps: Keeping, reading: Reading, { decision, report }: KnownVerdict): void {
  if (decision.kind === 'unchanged') keepUnchanged(deps, reading, decision)
  else if (decision.kind === 'duplicate') keepCopy(deps, reading, decision)
  else keepRevision(deps, reading, decision)
  const { document } = reading.incoming
  if (report !== undefined) deps.unwritten.addReport(reportRow(document, report, { of: decision.of }))
}

/** What the store knows that may be the same. A source's own article under the URL comes before anybody else's. */
function knownOf(
  { store }: KeeperDeps,
  { feed, urlKey }: Incoming,
  sightedArticleId: number | undefined,
): Question['known'] {
  const sameItem = sightedArticleId === undefined ? undefined : store.articles.load(sightedArticleId)
  const pages = urlKey === undefined ? [] : store.articles.findByUrlKey(urlKey)
  const sameUrl = pages.find((page) => page.sourceId === feed.sourceId) ?? pages[0]
  return {
    ...(sameItem === undefined ? {} : { sameItem: asKnown(sameItem) }),
    ...(sameUrl === undefined ? {} : { sameUrl: asKnown(sameUrl) }),
  }
}

function asKnown(article: KnownArticle) {
  const { articleId, sourceId, title, url } = article
  return { articleId, sourceId, title, text: comparedText(article), ...(url === undefined ? {} : { url }) }
}

function sight({ unwritten, now }: Keeping, articleId: number, incoming: Incoming, because: string): void {
  const { feed, item, key, hash } = incoming
  unwritten.addSighting({
    articleId,
    feedId: feed.id,
    itemKey: key,
    contentHash: hash,
    item,
    seenAt: now(),
    because,
  })
}

/** This feed's entry says something else now; one it had not shown before is a sighting. Counts a known page under a new identity. */
function touchOrSight(
  deps: Keeping,
  articleId: number,
  { incoming, arrival }: Reading,
  because: string,
): void {
  const { feed, key, hash, item } = incoming
  if (deps.store.articles.touchSighting(feed.id, key, hash, item)) return
  sight(deps, articleId, incoming, because)
  if (because === 'same-url') arrival.tally.renamed++
}

type Decided<Kind> = Extract<KnownVerdict['decision'], { readonly kind: Kind }>

/** The same words under another link or with other details: nothing a reader would call new. */
function keepUnchanged(deps: Keeping, reading: Reading, { of, because }: Decided<'unchanged'>): void {
  reading.arrival.tally.unchanged++
  touchOrSight(deps, of, reading, because)
}

function keepCopy(
  deps: Keeping,
  { incoming, arrival }: Reading,
  { of, because }: Decided<'duplicate'>,
): void {
  arrival.tally.duplicates++
  if (because === 'same-url') arrival.tally.renamed++
  sight(deps, of, incoming, because)
}

function keepRevision(
  deps: Keeping,
  reading: Reading,
  { of, corrected, because }: Decided<'revision'>,
): void {
  const { store, now, echo, unwritten } = deps
  const { incoming, arrival } = reading
  const { item, urlKey, document } = incoming
  if (unwritten.hasArticle(of)) unwritten.write()
  const known = store.articles.load(of)
  if (known === undefined) throw new Error(`article ${of} was to be revised, and is gone`)
  arrival.tally.revisions++
  store.articles.revise(known, item, {
    seenAt: now(),
    corrected,
    because,
    ...(urlKey === undefined ? {} : { urlKey }),
  })
  touchOrSight(deps, of, reading, because)
  unwritten.addText(of, incoming.folded)
  const matches = incoming.matches()
  store.topics.replaceMatches(of, matches)
  arrival.tally.matches += matches.length
  document.articleId = of
  echo.linkLanguages(
    document,
    matches.map(({ topicId }) => topicId),
  )
}

function keepNew(
  deps: Keeping,
  { incoming, arrival }: Reading,
  { decision, place, storyId, articleId, report }: NewVerdict,
): void {
  const { store, now, unwritten } = deps
  const { feed, item, language, urlKey, document } = incoming
  arrival.tally.new++
  if (place.storyId === 'new') expectId(store.stories.create(now()), storyId)
  const article = {
    item,
    sourceId: feed.sourceId,
    feedId: feed.id,
    firstSeenAt: now(),
    storyId,
    storyBecause: placeReason(place),
    keptBecause: decision.because,
    ...(urlKey === undefined ? {} : { urlKey }),
    ...(language === undefined ? {} : { language }),
  }
  expectId(
    unwritten.addArticle({ article, incoming, related: place.related, tally: arrival.tally }),
    articleId,
  )
  sight(deps, articleId, incoming, 'first')
  document.articleId = articleId
  unwritten.addReport(reportRow(document, report, { storyId }))
}

/** Ids are given when it is decided; another process that stored something since has taken them. */
function expectId(given: number, expected: number): void {
  if (given !== expected) throw new Error(`another process stored id ${expected} meanwhile`)
}
