// Tags the archive again with the rules in force, a few articles at a time, so that a running service goes on beside it.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Instant } from '../model/time.ts'
import { type CompiledWatchlist, tagArticle } from '../pipeline/tag.ts'
import type { RetagRule, Store } from '../store/index.ts'

/** The rules in force of some topics: their versions, and the same compiled. */
export type RetagWork = {
  readonly store: Store
  readonly rules: readonly RetagRule[]
  readonly watchlist: CompiledWatchlist
  readonly since: Instant
}

/** What became of one topic in this run; articles that an earlier run had done are not counted. */
export type Retagged = {
  readonly topicId: string
  readonly version: number
  readonly matched: number
  readonly gained: number
  readonly lost: number
}

/** `changed` names topics that got a new rule meanwhile: what was done stands, the rest waits for the next run. */
export type RetagEnd = { readonly topics: readonly Retagged[]; readonly changed: readonly string[] }

type Counted = { matched: number; gained: number; lost: number }

const batchArticles = 200
const pauseLeastMs = 10

/** Topics of `rules` that are in force with another version now. */
function changedRules({ store, rules }: RetagWork): readonly string[] {
  const active = new Map(store.topics.active().map(({ topicId, version }) => [topicId, version]))
  return rules.filter(({ topicId, version }) => active.get(topicId) !== version).map(({ topicId }) => topicId)
}

type Batch = { readonly last: number | undefined; readonly count: number }

/** One batch: reads, tags and writes some articles and notes the position, so that no revision comes between. */
function tagBatch(
  { store, rules, watchlist }: RetagWork,
  after: number,
  since: Instant,
  tally: Counted[],
): Batch {
  const articles = store.retag.next(after, since, batchArticles)
  for (const article of articles) {
    const found = tagArticle(watchlist, article)
    const changes = store.retag.write(article.articleId, rules, found)
    for (const [index, { topicId }] of rules.entries()) {
      const line = tally[index]
      if (line === undefined) continue
      if (changes[index] === 1) line.gained++
      if (changes[index] === -1) line.lost++
      if (found.some((match) => match.topicId === topicId)) line.matched++
    }
  }
  const last = articles.at(-1)?.articleId
  if (last === undefined) store.retag.finish(rules)
  else store.retag.pass(rules, since, last)
  return { last, count: articles.length }
}

/**
 * Tags what `since` asks for, or what a run that was cut off has left. Each batch is one short transaction, and between two
 * of them the database is left alone for as long as the last one took. `onBatch` is told how many articles were done.
 */
export async function retagArchive(work: RetagWork, onBatch: (articles: number) => void): Promise<RetagEnd> {
  const { store, rules } = work
  const tally = rules.map(() => ({ matched: 0, gained: 0, lost: 0 }))
  const plan = store.retag.plan(rules, work.since)
  const topics = () =>
    rules.map((rule, index) => ({ ...rule, ...(tally[index] ?? { matched: 0, gained: 0, lost: 0 }) }))
  let after: number | undefined = plan.after
  while (after !== undefined) {
    const from: number = after
    const startedAt = performance.now()
    const batch = store.transaction((): Batch | { readonly changed: readonly string[] } => {
      const changed = changedRules(work)
      return changed.length > 0 ? { changed } : tagBatch(work, from, plan.since, tally)
    })
    if ('changed' in batch) return { topics: topics(), changed: batch.changed }
    after = batch.last
    onBatch(batch.count)
    await sleep(Math.max(pauseLeastMs, performance.now() - startedAt))
  }
  return { topics: topics(), changed: [] }
}
