// What an edition consists of on the page: the shapes between composing and rendering.
import type { EditionLanguage, TextRange } from '../model/digest.ts'
import type { Direction } from '../text/bidi.ts'
import type { Strings } from '../text/strings.ts'
import type { DateWords } from '../text/written-date.ts'

/** `own` text is in the language of the edition; `foreign` text may run either way and is set apart from ours. */
export type Inline =
  | { readonly kind: 'own'; readonly text: string; readonly strong?: boolean; readonly anchor?: string }
  | {
      readonly kind: 'foreign'
      readonly text: string
      readonly marks?: readonly TextRange[]
      readonly language?: string
      readonly url?: string
    }
export type StoryBlock = {
  readonly headline: Inline
  readonly byline: readonly Inline[]
  readonly hit?: readonly Inline[]
  readonly tally?: readonly Inline[]
  readonly also?: readonly Inline[]
  readonly linked?: readonly (readonly Inline[])[] // a line a language
}
export type GlanceRow = {
  readonly topic: Inline
  readonly count: string
  readonly change: string // `unknown` of its table while there is no baseline
  readonly days: string // a sparkline, '' when unknown
  readonly languages: string
}
export type Block =
  | {
      readonly kind: 'heading'
      readonly level: 1 | 2 | 3
      readonly content: readonly Inline[]
      readonly anchor?: string // what links within the page lead to
    }
  | {
      readonly kind: 'paragraph'
      readonly muted: boolean
      readonly content: readonly Inline[]
      readonly isNote?: boolean // the desk's own words, which may run either way
    }
  | {
      readonly kind: 'glance'
      readonly columns: Omit<GlanceRow, 'topic'> & { readonly topic: string }
      readonly rows: readonly GlanceRow[]
      readonly unknown: string
    }
  | { readonly kind: 'stories'; readonly stories: readonly StoryBlock[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }

export type Outline = {
  readonly language: EditionLanguage
  readonly direction: Direction
  readonly title: string
  readonly preheader: string // the top headlines, for the line a mail program shows beside the subject
  readonly blocks: readonly Block[]
}

/** The words of one edition: its language, its phrases, its dates. */
export type EditionWords = {
  readonly language: EditionLanguage
  readonly strings: Strings
  readonly dates: DateWords
}
