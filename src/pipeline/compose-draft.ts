// Stories as an edition weighs them, before any is chosen: every appearance of every article, gathered by story.
import type { EditionArticle, EditionMaterial, Outlet } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import { countVoices, type Wires, wiresOf } from './voices.ts'

/** One place where a story stood: an article, or a copy of it in another outlet. */
export type Appearance = {
  readonly outlet: Outlet
  readonly at: Instant
  readonly title?: string
  readonly url?: string
  readonly language?: string
}
export type StoryDraft = {
  readonly storyId: number
  readonly lead: EditionArticle
  readonly articles: readonly EditionArticle[] // the lead first
  readonly appearances: readonly Appearance[] // first seen first, each link of each outlet once
  readonly topicIds: readonly string[] // in configured order
  readonly voices: number // independent of each other
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
 * Without that id everything is new but what is older than the window and was corrected in it.
 */
export function isFresh(article: EditionArticle, { window, afterArticleId }: EditionMaterial): boolean {
  const inWindow = ({ seenAt }: { readonly seenAt: Instant }) =>
    seenAt > window.from && seenAt <= window.until
  if (article.sightings.some(inWindow)) return true
  if (afterArticleId !== undefined) return article.articleId > afterArticleId
  return article.firstSeenAt > window.from || !article.revisions.some(inWindow)
}

export function isGoodEnough(outlet: Outlet, { minimumGrade }: EditionMaterial['digest']): boolean {
  return minimumGrade === undefined || outlet.grade <= minimumGrade
}

/** One draft a story, by ascending story id. Older articles of a story that has fresh ones take part in it. */
export function gatherStories(material: EditionMaterial): readonly StoryDraft[] {
  const accepted = material.articles.filter(({ outlet }) => isGoodEnough(outlet, material.digest))
  const byStory = Map.groupBy(accepted, ({ storyId }) => storyId)
  const wires = wiresOf(material.coverage)
  const fresh = [...byStory].filter(([, articles]) => articles.some((one) => isFresh(one, material)))
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
  const [lead] = articles
  if (!lead) return undefined
  const matched = new Set(articles.flatMap(({ matches }) => matches.map(({ topicId }) => topicId)))
  const topicIds = material.topics.map(({ topicId }) => topicId).filter((topicId) => matched.has(topicId))
  const voices = countVoices(articles, wires)
  return { storyId, lead, articles, appearances: appearancesOf(articles, material), topicIds, voices }
}

/** The order of leads: best grade, then earliest, then the one that says most. */
function byMerit(a: EditionArticle, b: EditionArticle): number {
  return (
    compare(a.outlet.grade, b.outlet.grade) ||
    a.firstSeenAt - b.firstSeenAt ||
    completeness(b) - completeness(a) ||
    a.articleId - b.articleId
  )
}

function completeness({ url, summary, body }: EditionArticle): number {
  return (url === undefined ? 0 : 1_000_000) + summary.length + body.length
}

function appearancesOf(articles: readonly EditionArticle[], { digest }: EditionMaterial): Appearance[] {
  const all = articles.flatMap((article) => [own(article), ...copies(article)])
  const accepted = all.filter(({ outlet }) => isGoodEnough(outlet, digest)).toSorted(byTime)
  const distinct = new Map<string, Appearance>()
  for (const one of accepted) {
    const key = `${one.outlet.sourceId}\n${one.url ?? one.title ?? ''}`
    if (!distinct.has(key)) distinct.set(key, one)
  }
  return [...distinct.values()]
}

function own(article: EditionArticle): Appearance {
  const { outlet, title, url, language, firstSeenAt: at } = article
  return { outlet, at, title, ...(url !== undefined && { url }), ...(language !== undefined && { language }) }
}

/** A copy speaks the language of what it copies; its own title is not kept. */
function copies({ sightings, language }: EditionArticle): Appearance[] {
  return sightings.map(({ outlet, url, seenAt: at }) => ({
    outlet,
    at,
    ...(url !== undefined && { url }),
    ...(language !== undefined && { language }),
  }))
}

function byTime(a: Appearance, b: Appearance): number {
  return a.at - b.at || compare(a.outlet.sourceId, b.outlet.sourceId) || compare(a.url ?? '', b.url ?? '')
}

/** By code units: the same order on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
