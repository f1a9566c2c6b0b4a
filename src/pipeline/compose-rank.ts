// Which stories come first. Source of the rule: docs/notes/edition.md.
import type { TopicHeading } from '../model/digest.ts'
import type { Grade } from '../model/source.ts'
import type { StoryDraft } from './compose-draft.ts'

const GRADE_WEIGHT: Readonly<Record<Grade, number>> = { A: 1, B: 0.8, C: 0.6, D: 0.4, E: 0.2 }
const TOP_STORIES_MAX = 3
const TOP_VOICES_MIN = 2 // what a single owner says is no significant coverage, however often it is copied

/** At most three stories that at least two independent voices report, the weightiest first. */
export function topStories(
  drafts: readonly StoryDraft[],
  topics: readonly TopicHeading[],
): readonly StoryDraft[] {
  const weights = new Map(topics.map(({ topicId, weight }) => [topicId, weight]))
  const weight = ({ topicIds }: StoryDraft) => Math.max(0, ...topicIds.map((id) => weights.get(id) ?? 0))
  const worthy = drafts.filter((draft) => draft.voices >= TOP_VOICES_MIN && weight(draft) > 0)
  return ranked(worthy, weight).slice(0, TOP_STORIES_MAX)
}

/** By independent outlets x weight x grade of the lead; among equals the most reported, then the newest. */
export function ranked(
  drafts: readonly StoryDraft[],
  weight: (draft: StoryDraft) => number = () => 1,
): readonly StoryDraft[] {
  const scored = drafts.map((draft) => ({ draft, score: significance(draft) * weight(draft) }))
  scored.sort((a, b) => b.score - a.score || byNews(a.draft, b.draft))
  return scored.map(({ draft }) => draft)
}

function significance(draft: StoryDraft): number {
  return draft.voices * GRADE_WEIGHT[draft.lead.outlet.grade]
}

function byNews(a: StoryDraft, b: StoryDraft): number {
  const firstSeen = ({ appearances, lead }: StoryDraft) => appearances[0]?.at ?? lead.firstSeenAt
  return b.appearances.length - a.appearances.length || firstSeen(b) - firstSeen(a) || a.storyId - b.storyId
}
