// What a changed rule would change: the articles it finds and the old one did not, and the other way round.
import type { Span, Taggable } from '../model/topic.ts'
import { articleWords, type CompiledWatchlist, type Explanation, explainTopic, tagArticle } from './tag.ts'

/** One topic under two rules. `gained` say where the new rule matches, `lost` why it does not. */
export type RuleDiff<A extends Taggable> = {
  readonly topicId: string
  readonly before: number
  readonly after: number
  readonly gained: readonly { readonly article: A; readonly spans: readonly Span[] }[]
  readonly lost: readonly { readonly article: A; readonly missing: Explanation['missing'] }[]
}

type Draft<A extends Taggable> = {
  -readonly [key in keyof RuleDiff<A>]: RuleDiff<A>[key] extends readonly (infer E)[] ? E[] : RuleDiff<A>[key]
}

/** Tags every article with both sets of rules; topics are those of `ids`, and either set may lack some of them. */
export function compareRules<A extends Taggable>(
  ids: readonly string[],
  [older, newer]: readonly [CompiledWatchlist, CompiledWatchlist],
  articles: Iterable<A>,
): readonly RuleDiff<A>[] {
  const drafts = ids.map((topicId): Draft<A> => ({ topicId, before: 0, after: 0, gained: [], lost: [] }))
  for (const article of articles) {
    const words = articleWords(article)
    const before = new Set(tagArticle(older, article, words).map(({ topicId }) => topicId))
    const after = new Map(tagArticle(newer, article, words).map((match) => [match.topicId, match.spans]))
    for (const draft of drafts) {
      const [was, spans] = [before.has(draft.topicId), after.get(draft.topicId)]
      if (was) draft.before++
      if (spans !== undefined) draft.after++
      if (spans !== undefined && !was) draft.gained.push({ article, spans })
      if (spans === undefined && was) {
        const { missing = [] } = explainTopic(newer, draft.topicId, article, words) ?? {}
        draft.lost.push({ article, missing })
      }
    }
  }
  return drafts
}
