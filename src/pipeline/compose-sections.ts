// One section a topic, in configured order. A story is told once: in the first section that has room for it.
import type { EditionMaterial, Section, StoryReference } from '../model/digest.ts'
import { displayTitle } from '../text/display-title.ts'
import type { StoryDraft } from './compose-draft.ts'
import { ranked } from './compose-rank.ts'
import { link, storyLine } from './compose-story.ts'

/** Stories that match several topics are referred to by one line in the sections that do not tell them. */
export function composeSections(
  { topics, digest }: EditionMaterial,
  drafts: readonly StoryDraft[],
): readonly Section[] {
  const cap = Math.max(1, digest.storiesPerSection)
  const toldIn = new Map<number, string>()
  return topics.map((topic) => {
    const { topicId } = topic
    const stories = ranked(drafts.filter(({ topicIds }) => topicIds.includes(topicId)))
    const known = stories.filter(({ storyId }) => toldIn.has(storyId)).slice(0, cap)
    const told = stories.filter(({ storyId }) => !toldIn.has(storyId)).slice(0, cap)
    for (const { storyId } of told) toldIn.set(storyId, topicId)
    return {
      topic,
      stories: told.map((draft) => storyLine(draft, topicId)),
      elsewhere: known.map((draft) => reference(draft, toldIn.get(draft.storyId) ?? topicId)),
      more: stories.length - told.length - known.length,
    }
  })
}

function reference({ storyId, lead }: StoryDraft, toldIn: string): StoryReference {
  const { title, url, language } = lead
  const languageOf = language === undefined ? {} : { language }
  return { storyId, title: displayTitle(title), ...link(url), ...languageOf, toldIn }
}
