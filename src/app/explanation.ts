// What `presslark explain` says, as data: which topics an article matches and why, which not and why not.
import type { Taggable } from '../model/topic.ts'
import { type EvidenceSentence, evidenceSentences } from '../pipeline/evidence-sentence.ts'
import { articleWords, compileWatchlist, explainTopic } from '../pipeline/tag.ts'
import type { Dossier } from '../store/index.ts'
import type { RuleState } from './rules-in-force.ts'
import { whyNot } from './why-not.ts'

/** A stored match. `stale` when the rule in force does not match any more: the archive was not tagged again. */
export type Matched = {
  readonly topicId: string
  readonly name: string
  readonly version: number
  readonly terms: readonly string[] // none: by its metadata
  readonly sentences: readonly EvidenceSentence[]
  readonly stale: boolean
}
/** No stored match. `termsFound` are its terms that occur; `late` when the rule in force would match, but came after the article. */
export type Unmatched = {
  readonly topicId: string
  readonly name: string
  readonly version: number
  readonly termsFound: readonly string[]
  readonly missing: readonly { readonly because: string; readonly part: string }[]
  readonly because: string
  readonly late: boolean
}
export type Explained = { readonly matched: readonly Matched[]; readonly unmatched: readonly Unmatched[] }

function matchedOf({ article, matches }: Dossier, { topic }: RuleState, holds: boolean): Matched | undefined {
  const own = matches.filter((match) => match.topicId === topic.id)
  const [first] = own
  if (first === undefined) return undefined
  const spans = own.filter(({ start, end }) => end > start)
  return {
    topicId: topic.id,
    name: topic.name,
    version: first.version,
    terms: [...new Set(spans.map(({ term }) => term))],
    sentences: evidenceSentences(article, spans),
    stale: !holds,
  }
}

/** Explains every topic that is in force; those of topics.yaml that are not yet are left out. */
export function explainArticle(dossier: Dossier, states: readonly RuleState[]): Explained {
  const known = states.flatMap((state) => state.inForce ?? [])
  const { watchlist } = compileWatchlist(known.map(({ topic }) => topic))
  const article: Taggable = dossier.article
  const words = articleWords(article)
  const matched: Matched[] = []
  const unmatched: Unmatched[] = []
  for (const state of states) {
    const { topic, inForce } = state
    const found = explainTopic(watchlist, topic.id, article, words)
    if (inForce === undefined || found === undefined) continue
    const match = matchedOf(dossier, state, found.matched)
    if (match !== undefined) matched.push(match)
    else
      unmatched.push({
        topicId: topic.id,
        name: topic.name,
        version: inForce.version,
        termsFound: found.terms.map(({ term }) => term),
        missing: found.missing.map(({ because, part }) => ({ because, part })),
        because: whyNot(article, found.missing),
        late: found.matched,
      })
  }
  return { matched, unmatched }
}
