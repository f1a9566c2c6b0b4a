// One line a topic: how much, against how much usually.

import type { EditionArticle, EditionMaterial, GlanceLine, TopicHeading } from '../model/digest.ts'
import { byCodeUnits } from '../text/code-units.ts'
import { median } from '../text/median.ts'
import { freshArticles } from './compose-draft.ts'

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
  { baselines }: EditionMaterial,
): GlanceLine {
  const articles = fresh.filter(({ matches }) => matches.some(({ topicId }) => topicId === topic.topicId))
  const baseline = baselines.find(({ topicId }) => topicId === topic.topicId)
  const sameWeekday = baseline?.sameWeekday ?? []
  const usual = median(sameWeekday)
  return {
    topic,
    stories: new Set(articles.map(({ storyId }) => storyId)).size,
    articles: articles.length,
    ...(usual !== undefined && { usual, aboveBaseline: standsOut(articles.length, usual, sameWeekday) }),
    lastDays: baseline?.lastDays ?? [],
    languages: [...new Set(articles.flatMap(({ language }) => language ?? []))].toSorted(byCodeUnits),
  }
}

/** More than on each of the days compared, and at least twice their median. */
function standsOut(count: number, usual: number, days: readonly number[]): boolean {
  return count >= STANDS_OUT_MIN && count >= usual * STANDS_OUT_FACTOR && count > Math.max(...days)
}
