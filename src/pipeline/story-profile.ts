// What a story knows of itself: who tells it best, who told it first, where it stood, and how its headlines changed.
import type { EditionArticle, Outlet, RevisionLine } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import { byCodeUnits } from '../text/code-units.ts'
import { type Appearance, appearancesOf } from './story-appearances.ts'
import { byMerit } from './story-lead.ts'
import { countVoices, type Wires } from './voices.ts'

export type StoryProfile = {
  readonly storyId: number
  readonly lead: EditionArticle // best grade, then earliest, then the one that says most
  readonly articles: readonly EditionArticle[] // first seen first
  readonly appearances: readonly Appearance[] // copies included, first seen first
  readonly outlets: number // sources
  readonly independent: number // owner families, after the wires that reports credit
  readonly languages: readonly string[]
  readonly firstSeenAt: Instant
  readonly lastSeenAt: Instant // the last new article or copy
  readonly headlines: readonly HeadlineRevision[] // oldest first
}
export type HeadlineRevision = RevisionLine & { readonly articleId: number; readonly outlet: Outlet }

/** The profile of a story with these articles; undefined for a story without any. `wires` are those among the sources. */
export function storyProfile(articles: readonly EditionArticle[], wires: Wires): StoryProfile | undefined {
  const [lead] = articles.toSorted(byMerit)
  if (lead === undefined) return undefined
  const appearances = appearancesOf(articles)
  const headlines = articles.flatMap(({ articleId, outlet, revisions }) =>
    revisions
      .filter(({ oldTitle, newTitle }) => oldTitle !== newTitle)
      .map((revision) => ({ articleId, outlet, ...revision })),
  )
  return {
    storyId: lead.storyId,
    lead,
    articles: articles.toSorted((a, b) => a.firstSeenAt - b.firstSeenAt || a.articleId - b.articleId),
    appearances,
    outlets: new Set(appearances.map(({ outlet }) => outlet.sourceId)).size,
    independent: countVoices(articles, wires),
    languages: [...new Set(articles.flatMap(({ language }) => language ?? []))].toSorted(byCodeUnits),
    firstSeenAt: Math.min(...appearances.map(({ at }) => at)),
    lastSeenAt: Math.max(...appearances.map(({ at }) => at)),
    headlines: headlines.toSorted((a, b) => a.seenAt - b.seenAt || a.articleId - b.articleId),
  }
}
