// Why a story is in a section: the sentence that matched, with the matched words marked.
import type { EditionArticle, HitSentence, TextRange } from '../model/digest.ts'
import type { TextField } from '../model/topic.ts'
import { disjointRanges } from '../text/disjoint-ranges.ts'
import { displayMarkedLine } from '../text/display-line.ts'
import { sentenceAround } from '../text/sentence.ts'
import type { StoryDraft } from './compose-draft.ts'

/** The sentence of the lead, else of the best article that has one for this topic; undefined when only titles matched. */
export function hitSentence({ articles, lead }: StoryDraft, topicId: string): HitSentence | undefined {
  for (const article of articles) {
    const hit = hitIn(article, topicId, 'summary') ?? hitIn(article, topicId, 'body')
    if (!hit && article === lead && titleMarks(lead, topicId).length > 0) return undefined
    if (hit) return article === lead ? hit : { ...hit, outlet: article.outlet.name }
  }
  return undefined
}

/** The ranges of the title, as displayed, that matched the topic. */
export function titleMarks(article: EditionArticle, topicId: string): readonly TextRange[] {
  return displayMarkedLine(article.title, rangesIn(article, topicId, 'title')).marks
}

function hitIn(article: EditionArticle, topicId: string, field: 'summary' | 'body'): HitSentence | undefined {
  const [first, ...others] = rangesIn(article, topicId, field)
  if (!first) return undefined
  const sentence = sentenceAround(article[field], first, article.language)
  const within = [first, ...others].filter(({ start, end }) => start >= sentence.start && end <= sentence.end)
  const marks = within.map(({ start, end }) => ({ start: start - sentence.start, end: end - sentence.start }))
  const shown = displayMarkedLine(article[field].slice(sentence.start, sentence.end), marks)
  return { ...shown, ...(article.language !== undefined && { language: article.language }) }
}

function rangesIn(article: EditionArticle, topicId: string, field: TextField): readonly TextRange[] {
  const length = field === 'author' ? 0 : article[field].length
  const spans = article.matches.filter((match) => match.topicId === topicId).flatMap((match) => match.spans)
  return disjointRanges(
    spans.filter((span) => span.field === field && span.start < span.end && span.end <= length),
  )
}
