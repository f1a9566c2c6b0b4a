// What stands around the sentence of a headline: who is quoted before its colon or in brackets at its end, and which outlet behind a dash.
import { countWords, TITLE_UNITS } from '../text/fingerprint.ts'
import { bareHeadline } from '../text/headline.ts'

/** How many words each part has, 0 to 7; 0 when the headline has no such part. */
export type HeadlineShape = {
  readonly label: number // before its first colon
  readonly aside: number // in brackets at the end
  readonly credit: number // behind the last dash or bar: " - Coast News"
}

const LABEL_WORDS_MAX = 7 // "Islamic Revolutionary Guard Corps commander: "
const NAME_WORDS_MAX = 4
const CREDIT_WORDS_MAX = 4 // more is a sentence of its own
const labelled = /^(.{1,60}?)[:：]\s/su
const creditedBy = /\s[-–—|]\s+([^-–—|:]{1,60})$/u
const bracketed = /[(（]([^()（）]{1,60})[)）]\s*$/u
const someSign = /[:：)）]|\s[-–—|]\s/u

/** The shape of a headline that is nothing but its sentence. */
export const plainHeadline: HeadlineShape = { label: 0, aside: 0, credit: 0 }

/** The shape of a headline as a fingerprint takes it: without the marks of the desk. */
export function headlineShape(title: string): HeadlineShape {
  if (!someSign.test(title)) return plainHeadline
  const { text } = bareHeadline(title.slice(0, TITLE_UNITS))
  const behind = creditedBy.exec(text)?.[1] ?? ''
  const credit = /\p{Nd}/u.test(behind) ? 0 : countUpTo(behind, CREDIT_WORDS_MAX)
  const sentence = credit === 0 ? text : text.replace(creditedBy, '')
  const [before = '', quoted = ''] = labelled.exec(sentence) ?? []
  return {
    label: countUpTo(quoted, LABEL_WORDS_MAX),
    aside: countUpTo(bracketed.exec(sentence.slice(before.length))?.[1] ?? '', NAME_WORDS_MAX),
    credit,
  }
}

function countUpTo(text: string, most: number): number {
  const count = text === '' ? 0 : countWords(text)
  return count > most ? 0 : count
}

const BITS = 3
const LOW = 2 ** BITS - 1

/** The shape as nine bits. */
export function packShape({ label, aside, credit }: HeadlineShape): number {
  return label | (aside << BITS) | (credit << (2 * BITS))
}

/** Reads what `packShape` wrote. */
export function unpackShape(packed: number): HeadlineShape {
  return { label: packed & LOW, aside: (packed >> BITS) & LOW, credit: (packed >> (2 * BITS)) & LOW }
}
