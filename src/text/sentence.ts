// The sentence around a place in a text, for showing why an article matched.
import type { TextRange } from '../model/digest.ts'

const REACH = 600 // characters looked at on each side: segmenting whole articles would cost more than it shows
const LENGTH_MAX = 320
const LEAD_IN = 120 // characters kept before the place when a long sentence is cut

/** Where the sentence that holds `place` starts and ends; of a very long one, the stretch of words around it. */
export function sentenceAround(text: string, place: TextRange, language?: string): TextRange {
  const from = Math.max(0, place.start - REACH)
  const window = withoutLineEnds(text.slice(from, place.end + REACH))
  const [first, last] = [
    sentenceAt(window, place.start - from, language),
    sentenceAt(window, place.end - 1 - from, language),
  ]
  const sentence = { start: from + first.start, end: from + last.end }
  return sentence.end - sentence.start <= LENGTH_MAX ? sentence : stretchAround(text, sentence, place)
}

/** A single line break only wraps a line; two end a paragraph, and with it the sentence. Offsets stay. */
function withoutLineEnds(text: string): string {
  return text.replace(/(?<![\r\n])\r?\n(?!\r?\n)/g, (lineBreak) => ' '.repeat(lineBreak.length))
}

function sentenceAt(window: string, offset: number, language: string | undefined): TextRange {
  const bounded = Math.max(0, Math.min(offset, window.length - 1))
  const found = segmenter(language).segment(window).containing(bounded)
  return found
    ? { start: found.index, end: found.index + found.segment.length }
    : { start: 0, end: window.length }
}

/** Cuts at blanks, so that no word is halved; a single endless word is cut all the same. */
function stretchAround(text: string, sentence: TextRange, place: TextRange): TextRange {
  const earliest = Math.max(sentence.start, place.start - LEAD_IN)
  const latest = Math.min(sentence.end, Math.max(place.end, earliest + LENGTH_MAX))
  const blankBefore = text.indexOf(' ', earliest)
  const blankAfter = text.lastIndexOf(' ', latest)
  const start =
    earliest > sentence.start && blankBefore >= 0 && blankBefore < place.start ? blankBefore + 1 : earliest
  return { start, end: latest < sentence.end && blankAfter >= place.end ? blankAfter : latest }
}

const segmenters = new Map<string, Intl.Segmenter>()

/** By the language alone: feeds declare tags of any shape, and Intl throws on those that are none. */
function segmenter(tag = 'und'): Intl.Segmenter {
  const language = /^[a-z]{2,3}(?=-|$)/i.exec(tag)?.[0]?.toLowerCase() ?? 'und'
  const known = segmenters.get(language)
  if (known) return known
  const made = new Intl.Segmenter(language, { granularity: 'sentence' })
  segmenters.set(language, made)
  return made
}
