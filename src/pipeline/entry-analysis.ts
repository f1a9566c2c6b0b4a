// What an entry says, read before anything is known of others: folded for search, made ready to be compared, tagged. Pure, so that
// another thread can do it for the entries of a round.
import type { Match, Taggable, TextField } from '../model/topic.ts'
import { urlKey } from '../text/url.ts'
import { analyse, joinWords, type Words } from '../text/words.ts'
import { type EchoPrint, newPrint } from './echo-document.ts'
import type { ArticleWords } from './match-scan.ts'
import { articleWords, type CompiledWatchlist, tagArticle } from './tag.ts'

/** The folded text of each field, for the search index; '' for a field that the entry does not have. UTF-8 where it comes from another thread. */
export type FoldedFields = Readonly<Record<TextField, string | Uint8Array>>

export type EntryAnalysis = {
  readonly folded: FoldedFields
  readonly print: EchoPrint
  readonly matches: readonly Match[] // of the watchlist it was made with
  readonly urlKey?: string // which page its URL names
}

export function analyseEntry(article: Taggable, watchlist: CompiledWatchlist): EntryAnalysis {
  const words = articleWords(article)
  const { title = '', url } = article
  const page = url === undefined ? undefined : urlKey(url)
  const document = {
    title,
    text: leadOf(article),
    words: leadWords(words),
    ...(url === undefined ? {} : { url }),
  }
  return {
    folded: foldedFields(words),
    print: newPrint(document),
    matches: tagArticle(watchlist, article, words),
    ...(page === undefined ? {} : { urlKey: page }),
  }
}

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
