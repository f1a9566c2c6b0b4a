// The texts of an entry as the search index and the comparison with others want them.
import type { Taggable, TextField } from '../model/topic.ts'
import { analyse, joinWords, type Words } from '../text/words.ts'
import type { ArticleWords } from './match-scan.ts'

/** The folded text of each field, for the search index; '' for a field that the entry does not have. */
export type FoldedFields = Readonly<Record<TextField, string>>

/** The text whose first lines are compared. */
export function leadOf({ summary, body }: Taggable): string {
  return summary || (body ?? '')
}

/** The words of what is compared: of the headline and of the lead. */
export function leadWords({ title, summary, body }: ArticleWords): { title: Words; text: Words } {
  return { title: title ?? noWords, text: summary ?? body ?? noWords }
}

const noWords = analyse('')

export function foldedFields({ title, summary, body, author }: ArticleWords): FoldedFields {
  const folded = (words = noWords): string => joinWords(words)
  return { title: folded(title), summary: folded(summary), body: folded(body), author: folded(author) }
}
