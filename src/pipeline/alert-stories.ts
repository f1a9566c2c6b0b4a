// The stories of an alert in the order in which it tells them: its sections, one after the other.
import type { Edition, StoryLine } from '../model/digest.ts'

export function alertStories({ sections }: Pick<Edition, 'sections'>): readonly StoryLine[] {
  return sections.flatMap(({ stories }) => stories)
}
