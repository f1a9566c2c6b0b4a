// What changed from one edition to another: stories that came, went on, or are no longer told, and how topics moved.
import type { Edition, StoryLine } from '../model/digest.ts'

export type StoryDifference = {
  readonly storyId: number
  readonly title: string
  readonly outletsBefore: number // 0: not told before
  readonly outletsAfter: number // 0: no longer told
  readonly titleBefore?: string // only when the headline changed
}
export type TopicDifference = {
  readonly topicId: string
  readonly articlesBefore: number
  readonly articlesAfter: number
}
export type EditionDiff = {
  readonly appeared: readonly StoryDifference[]
  readonly continued: readonly StoryDifference[]
  readonly gone: readonly StoryDifference[]
  readonly topics: readonly TopicDifference[]
  readonly heardBefore: number
  readonly heardAfter: number
  readonly rulesChanged: readonly string[] // topic ids whose rule has another version
}

/** Stories in the order in which the editions tell them. */
export function diffEditions(before: Edition, after: Edition): EditionDiff {
  const [told, telling] = [storiesOf(before), storiesOf(after)]
  const differences = [...telling.values()].map((story) => difference(told.get(story.storyId), story))
  return {
    appeared: differences.filter(({ outletsBefore }) => outletsBefore === 0),
    continued: differences.filter(({ outletsBefore }) => outletsBefore > 0),
    gone: [...told.values()]
      .filter(({ storyId }) => !telling.has(storyId))
      .map(({ storyId, lead, outlets }) => ({
        storyId,
        title: lead.title,
        outletsBefore: outlets,
        outletsAfter: 0,
      })),
    topics: topicDifferences(before, after),
    heardBefore: before.coverage.heard,
    heardAfter: after.coverage.heard,
    rulesChanged: rulesChanged(before, after),
  }
}

function storiesOf({ topStories, sections, developing }: Edition): ReadonlyMap<number, StoryLine> {
  const all = [...topStories, ...sections.flatMap(({ stories }) => stories), ...developing]
  return new Map(all.map((story) => [story.storyId, story]))
}

function difference(before: StoryLine | undefined, { storyId, lead, outlets }: StoryLine): StoryDifference {
  const hasChanged = before !== undefined && before.lead.title !== lead.title
  return {
    storyId,
    title: lead.title,
    outletsBefore: before?.outlets ?? 0,
    outletsAfter: outlets,
    ...(hasChanged && { titleBefore: before.lead.title }),
  }
}

/** Every topic of either edition, those of the later one first. */
function topicDifferences(before: Edition, after: Edition): readonly TopicDifference[] {
  const articles = ({ atAGlance }: Edition) =>
    new Map(atAGlance.map((line) => [line.topic.topicId, line.articles]))
  const [old, now] = [articles(before), articles(after)]
  return [...new Set([...now.keys(), ...old.keys()])].map((topicId) => ({
    topicId,
    articlesBefore: old.get(topicId) ?? 0,
    articlesAfter: now.get(topicId) ?? 0,
  }))
}

function rulesChanged(before: Edition, after: Edition): readonly string[] {
  const old = new Map(before.appendix.ruleVersions.map(({ topicId, version }) => [topicId, version]))
  return after.appendix.ruleVersions
    .filter(({ topicId, version }) => old.has(topicId) && old.get(topicId) !== version)
    .map(({ topicId }) => topicId)
}
