// The sentences of an article that say why a topic matches, each with its words marked.
import type { TextRange } from '../model/digest.ts'
import type { Span, Taggable, TextField } from '../model/topic.ts'
import { disjointRanges } from '../text/disjoint-ranges.ts'
import { displayMarkedLine } from '../text/display-line.ts'
import { sentenceAround } from '../text/sentence.ts'

/** One sentence as one line of text; `marks` are ranges in `text`, `terms` the terms that stand there. */
export type EvidenceSentence = {
  readonly field: TextField
  readonly text: string
  readonly marks: readonly TextRange[]
  readonly terms: readonly string[]
}

type Draft = { readonly field: TextField; readonly range: TextRange; readonly spans: Span[] }

/** The sentences in the order of the spans; several spans in one sentence are marked together. Empty spans say nothing. */
export function evidenceSentences(article: Taggable, spans: readonly Span[]): readonly EvidenceSentence[] {
  const drafts: Draft[] = []
  for (const span of spans) {
    const text = article[span.field] ?? ''
    if (span.start >= span.end || span.end > text.length) continue
    const known = drafts.find(
      ({ field, range }) => field === span.field && range.start <= span.start && range.end >= span.end,
    )
    if (known !== undefined) known.spans.push(span)
    else drafts.push({ field: span.field, range: sentenceAround(text, span, article.lang), spans: [span] })
  }
  return drafts.map(({ field, range, spans: found }) => {
    const places = disjointRanges(found).map(({ start, end }) => {
      return { start: start - range.start, end: end - range.start }
    })
    const shown = displayMarkedLine((article[field] ?? '').slice(range.start, range.end), places)
    return { field, ...shown, terms: [...new Set(found.map(({ term }) => term))] }
  })
}
