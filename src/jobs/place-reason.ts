// The stored reason why a report is in its story.
import type { StoryDecision } from '../pipeline/cluster.ts'

const leastShown = 0.005

/** `same-event p=0.61`, or why it began a story: `no-story-like-it closest p=0.12`; without a probability when nothing came close. */
export function placeReason({ storyId, because, p }: StoryDecision): string {
  if (storyId !== 'new') return `${because} p=${p.toFixed(2)}`
  return p >= leastShown ? `${because} closest p=${p.toFixed(2)}` : because
}
