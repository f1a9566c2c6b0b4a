// Why a topic does not match an article, in words for a terminal.
import type { Span, Taggable } from '../model/topic.ts'
import type { Explanation } from '../pipeline/tag.ts'
import { displayLine } from '../text/display-line.ts'

/** The words of an article at a place, as one line. */
export function wordsAt(article: Taggable, { field, start, end }: Span): string {
  return displayLine((article[field] ?? '').slice(start, end))
}

function places(article: Taggable, spans: readonly Span[]): string {
  const shown = spans.slice(0, 3).map((span) => `"${wordsAt(article, span)}" in the ${span.field}`)
  return spans.length > 3 ? `${shown.join(', ')} and ${spans.length - 3} more` : shown.join(', ')
}

function reason(article: Taggable, { because, part, spans }: Explanation['missing'][number]): string {
  switch (because) {
    case 'excluded':
      return `excluded by ${part}${spans.length > 0 ? `: ${places(article, spans)}` : ''}`
    case 'too-far':
      return `too far apart for ${part}`
    case 'too-few':
      return `too few places for ${part}`
    case 'metadata':
      return `${part} does not hold`
    case 'absent':
      return `nothing of ${part}`
  }
}

/** Each part that keeps the topic from matching, and where an excluded one stands. */
export function whyNot(article: Taggable, missing: Explanation['missing']): string {
  return missing.map((part) => reason(article, part)).join('; ')
}
