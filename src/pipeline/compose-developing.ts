// Stories that an earlier edition told already: worth telling again only when somebody new reports them, or says otherwise.

import type { EditionMaterial, StoryLine } from '../model/digest.ts'
import { byCodeUnits } from '../text/code-units.ts'
import type { StoryDraft } from './compose-draft.ts'
import { storyLine } from './compose-story.ts'
import { headlineChange } from './headline-change.ts'

type Added = NonNullable<StoryLine['added']>
export type SortedStories = {
  readonly fresh: readonly StoryDraft[]
  readonly developing: readonly StoryDraft[]
  readonly repeats: readonly StoryDraft[]
}

export function sortByNews(drafts: readonly StoryDraft[], material: EditionMaterial): SortedStories {
  const earlier = new Set(material.earlierStories.map(({ storyId }) => storyId))
  const known = drafts.filter(({ storyId }) => earlier.has(storyId))
  return {
    fresh: drafts.filter(({ storyId }) => !earlier.has(storyId)),
    developing: known.filter((draft) => isNews(additions(draft, material))),
    repeats: known.filter((draft) => !isNews(additions(draft, material))),
  }
}

/** Told for the first of its topics, with what is new about it. */
export function developingLine(draft: StoryDraft, material: EditionMaterial): StoryLine {
  return { ...storyLine(draft, draft.topicIds[0] ?? ''), added: additions(draft, material) }
}

function isNews({ outlets, languages, headline = false }: Added): boolean {
  return outlets > 0 || languages.length > 0 || headline
}

function additions(
  { storyId, appearances, articles }: StoryDraft,
  { earlierStories, window }: EditionMaterial,
): Added {
  const earlier = earlierStories.find((one) => one.storyId === storyId)
  const sourceIds = new Set(appearances.map(({ outlet }) => outlet.sourceId))
  const languages = new Set(appearances.flatMap(({ language }) => language ?? []))
  const outlets = earlier?.sourceIds
    ? [...sourceIds].filter((id) => !earlier.sourceIds?.includes(id)).length
    : Math.max(0, sourceIds.size - (earlier?.outlets ?? 0))
  const added = [...languages].filter((language) => !earlier?.languages.includes(language))
  const headline = articles.some((article) => headlineChange(article, window) !== undefined)
  return { outlets, languages: added.toSorted(byCodeUnits), ...(headline && { headline }) }
}
