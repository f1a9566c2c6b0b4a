// A report as de-duplication and stories look at it.
import type { Instant } from '../model/time.ts'
import type { Words } from '../text/words.ts'

export type EchoDocument = {
  readonly articleId: number
  readonly sourceId: string
  readonly family: string // outlets of one owner are one voice
  readonly title: string // plain text, '' if none
  readonly text: string // plain text; only the first lines are compared
  readonly url?: string // tells live pages
  readonly at: Instant // published, or first seen when undated
  readonly language?: string
  readonly words?: { readonly title: Words; readonly text: Words } // where the caller has analysed them already
}
