// One line a topic: how much, against how much usually.

import type { EditionArticle, EditionMaterial, GlanceLine, TopicHeading } from '../model/digest.ts'
import { byCodeUnits } from '../text/code-units.ts'
import { median } from '../text/median.ts'
import { freshArticles } from './compose-draft.ts'

const DAY_MS = 86_400_000
const STANDS_OUT_FACTOR = 2
const STANDS_OUT_MIN = 3 // articles: one item instead of none is no event

/** Counts what is fresh in the window, in configured order of topics. */
export function composeGlance(material: EditionMaterial): readonly GlanceLine[] {
  const fresh = freshArticles(material)
  return material.topics.map((topic) => glanceLine(topic, fresh, material))
}

function glanceLine(
  topic: TopicHeading,
  fresh: readonly EditionArticle[],
  material: EditionMaterial,
): GlanceLine {
  const articles = fresh.filter(({ matches }) => matches.some(({ topicId }) => topicId === topic.topicId))
  const baseline = material.baselines.find(({ topicId }) => topicId === topic.topicId)
  return {
    topic,
    stories: new Set(articles.map(({ storyId }) => storyId)).size,
    articles: articles.length,
    ...comparison(articles, baseline?.sameWeekday ?? [], material),
    lastDays: lastDays(baseline?.lastDays ?? [], articles.length, material),
    languages: [...new Set(articles.flatMap(({ language }) => language ?? []))].toSorted(byCodeUnits),
  }
}

/** Like with like: new articles of the sources that the baseline was counted on. */
function comparison(
  articles: readonly EditionArticle[],
  sameWeekday: readonly number[],
  { steadySources, afterArticleId = 0 }: EditionMaterial,
): Pick<GlanceLine, 'usual' | 'compared' | 'aboveBaseline'> {
  const usual = median(sameWeekday)
  if (usual === undefined) return {}
  const steady = steadySources && new Set(steadySources)
  const compared = articles.filter(
    ({ articleId, outlet }) => articleId > afterArticleId && (steady?.has(outlet.sourceId) ?? true),
  ).length
  return {
    usual,
    ...(compared !== articles.length && { compared }),
    aboveBaseline: standsOut(compared, usual, sameWeekday),
  }
}

/** The running day has only begun when a morning edition is made: the edition's own count, for one day, stands in its place. */
function lastDays(days: readonly number[], articles: number, { window }: EditionMaterial): readonly number[] {
  if (days.length === 0) return []
  const length = Math.max(1, Math.round((window.until - window.from) / DAY_MS))
  return [...days.slice(0, -1), Math.round(articles / length)]
}

/** More than on each of the days compared, and at least twice their median. */
function standsOut(count: number, usual: number, days: readonly number[]): boolean {
  return count >= STANDS_OUT_MIN && count >= usual * STANDS_OUT_FACTOR && count > Math.max(...days)
}
