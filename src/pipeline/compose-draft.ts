// Stories as an edition weighs them, before any is chosen: every appearance of every article, gathered by story.
import type { EditionArticle, EditionMaterial, LinkedReport, Outlet } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import { primaryLanguage } from '../text/primary-language.ts'
import { headlineChange } from './headline-change.ts'
import { type Appearance, appearancesOf } from './story-appearances.ts'
import { byMerit } from './story-lead.ts'
import { countVoices, type Wires, wiresOf } from './voices.ts'

export type StoryDraft = {
  readonly storyId: number
  readonly lead: EditionArticle
  readonly articles: readonly EditionArticle[] // the lead first
  readonly appearances: readonly Appearance[] // first seen first, each link of each outlet once
  readonly topicIds: readonly string[] // in configured order
  readonly voices: number // independent of each other
  readonly linked: readonly LinkedReport[] // the first in each language that the story is not told in
}

/** The articles that this edition is to tell, from outlets good enough for the digest. */
export function freshArticles(material: EditionMaterial): readonly EditionArticle[] {
  return material.articles.filter(
    (one) => isFresh(one, material) && isGoodEnough(one.outlet, material.digest),
  )
}

/**
 * New in this edition, or copied by another outlet in its window. Newness goes by id where the material says from which
 * id on: an article that was stored while the last edition was being made has an early time, and belongs into this one.
 * Without that id everything is new but what is older than the window and was corrected or withdrawn in it.
 */
export function isFresh(article: EditionArticle, { window, afterArticleId }: EditionMaterial): boolean {
  const inWindow = ({ seenAt }: { readonly seenAt: Instant }) =>
    seenAt > window.from && seenAt <= window.until
  if (article.sightings.some(inWindow)) return true
  if (afterArticleId !== undefined) return article.articleId > afterArticleId
  const { firstSeenAt, revisions, withdrawals = [] } = article
  return firstSeenAt > window.from || ![...revisions, ...withdrawals].some(inWindow)
}

export function isGoodEnough(outlet: Outlet, { minimumGrade }: EditionMaterial['digest']): boolean {
  return minimumGrade === undefined || outlet.grade <= minimumGrade
}

/** One draft a story, by ascending story id. Older articles of a story that has fresh ones take part in it, and so does a story told before whose headline changed. */
export function gatherStories(material: EditionMaterial): readonly StoryDraft[] {
  const accepted = material.articles.filter(({ outlet }) => isGoodEnough(outlet, material.digest))
  const byStory = Map.groupBy(accepted, ({ storyId }) => storyId)
  const wires = wiresOf(material.coverage.map(({ outlet }) => outlet))
  const told = new Set(material.earlierStories.map(({ storyId }) => storyId))
  const isMoved = (one: EditionArticle) => headlineChange(one, material.window) !== undefined
  const fresh = [...byStory].filter(
    ([storyId, articles]) =>
      articles.some((one) => isFresh(one, material)) || (told.has(storyId) && articles.some(isMoved)),
  )
  return fresh
    .toSorted(([a], [b]) => a - b)
    .flatMap(([storyId, articles]) => draftOf(storyId, articles, material, wires) ?? [])
}

function draftOf(
  storyId: number,
  unsorted: readonly EditionArticle[],
  material: EditionMaterial,
  wires: Wires,
): StoryDraft | undefined {
  const articles = unsorted.toSorted(byMerit)
  const isAccepted = (outlet: Outlet) => isGoodEnough(outlet, material.digest)
  const [lead] = articles
  if (!lead) return undefined
  const matched = new Set(articles.flatMap(({ matches }) => matches.map(({ topicId }) => topicId)))
  const topicIds = material.topics.map(({ topicId }) => topicId).filter((topicId) => matched.has(topicId))
  const voices = countVoices(articles, wires)
  const appearances = appearancesOf(articles, isAccepted)
  const linked = linkedWith(storyId, articles, material)
  return { storyId, lead, articles, appearances, topicIds, voices, linked }
}

function linkedWith(
  storyId: number,
  articles: readonly EditionArticle[],
  { linkedReports = [], digest }: EditionMaterial,
): readonly LinkedReport[] {
  const told = new Set(articles.map(({ language }) => primaryLanguage(language ?? '')))
  const others = linkedReports.filter(
    ({ ofStoryId, outlet, language }) =>
      ofStoryId === storyId && isGoodEnough(outlet, digest) && !told.has(primaryLanguage(language ?? '')),
  )
  const first = new Map(
    others.toSorted((a, b) => b.at - a.at).map((report) => [primaryLanguage(report.language ?? ''), report]),
  )
  return [...first.values()].toSorted((a, b) => a.at - b.at)
}
