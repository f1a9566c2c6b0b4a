// What a changed rule would change: the articles it finds and the old one did not, and the other way round.
import type { Span, Taggable } from '../model/topic.ts'
import { articleWords, type CompiledWatchlist, type Explanation, explainTopic, tagArticle } from './tag.ts'

/** What is kept of an article that is gained, from the places where the new rule matches, or lost, from why it does not. */
export type DiffDetails<A extends Taggable, T> = {
  readonly gained: (article: A, spans: readonly Span[]) => T
  readonly lost: (article: A, missing: Explanation['missing']) => T
  readonly most: number // of either kind for each topic; the others are counted, so that a rule that finds much needs no memory
}

/** One topic under two rules. */
export type RuleDiff<T> = {
  readonly topicId: string
  readonly before: number
  readonly after: number
  readonly gainedCount: number
  readonly lostCount: number
  readonly gained: readonly T[] // the first of them, as many as were asked for
  readonly lost: readonly T[]
}

type Draft<T> = {
  readonly topicId: string
  before: number
  after: number
  gainedCount: number
  lostCount: number
  readonly gained: T[]
  readonly lost: T[]
}

/** Tags every article with both sets of rules; topics are those of `ids`, and either set may lack some of them. */
export function compareRules<A extends Taggable, T>(
  ids: readonly string[],
  [older, newer]: readonly [CompiledWatchlist, CompiledWatchlist],
  articles: Iterable<A>,
  told: DiffDetails<A, T>,
): readonly RuleDiff<T>[] {
  const drafts = ids.map(
    (topicId): Draft<T> => ({
      topicId,
      before: 0,
      after: 0,
      gainedCount: 0,
      lostCount: 0,
      gained: [],
      lost: [],
    }),
  )
  for (const article of articles) {
    const words = articleWords(article)
    const before = new Set(tagArticle(older, article, words).map(({ topicId }) => topicId))
    const after = new Map(tagArticle(newer, article, words).map((match) => [match.topicId, match.spans]))
    for (const draft of drafts) {
      const [was, spans] = [before.has(draft.topicId), after.get(draft.topicId)]
      if (was) draft.before++
      if (spans !== undefined) draft.after++
      if (spans !== undefined && !was && ++draft.gainedCount <= told.most)
        draft.gained.push(told.gained(article, spans))
      if (spans === undefined && was && ++draft.lostCount <= told.most) {
        const { missing = [] } = explainTopic(newer, draft.topicId, article, words) ?? {}
        draft.lost.push(told.lost(article, missing))
      }
    }
  }
  return drafts
}
