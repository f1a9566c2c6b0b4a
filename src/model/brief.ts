// The short form of an edition or an alert, for channels that show a few lines: no service's markup yet.
import type { EditionLanguage } from './digest.ts'

/** One line: a headline with its link, and what stands behind it. */
export type BriefItem = {
  readonly text: string
  readonly url?: string
  readonly note?: string // outlet, counts
}

export type Brief = {
  readonly title: string
  readonly language: EditionLanguage
  readonly lines: readonly string[] // under the title, in the language of the edition
  readonly items: readonly BriefItem[] // the weightiest first; a service leaves out what it has no room for
  readonly more: number // stories that `items` does not name
}
