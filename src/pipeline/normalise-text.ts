// Strings as an item may hold them: NFC, no control characters, trimmed, no longer than their cap.
import { htmlToText } from '../text/html.ts'
import { collapseSpace, isSettled, isSettledLine } from '../text/html-settled.ts'
import type { Markup } from './parse-document.ts'

/** A text and whether something of it is missing. */
export type Capped = { readonly text: string; readonly cut: boolean }

const CONTROLS = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/
const ALL_CONTROLS = new RegExp(CONTROLS.source, 'g')

/** Control characters but tab and line ends go, half characters become U+FFFD. */
export function cleanText(text: string): string {
  if (isSettled(text)) return text.trim()
  const visible = CONTROLS.test(text) ? text.replace(ALL_CONTROLS, '') : text
  return visible.toWellFormed().normalize('NFC').trim()
}

/** One line: every run of white space is one space. */
export function oneLine(text: string): string {
  return isSettledLine(text) ? text.trim() : cleanText(collapseSpace(text))
}

/** Cuts without splitting a surrogate pair. */
export function capText(text: string, lengthMax: number): Capped {
  if (text.length <= lengthMax) return { text, cut: false }
  const last = text.charCodeAt(lengthMax - 1)
  return { text: text.slice(0, last >= 0xd800 && last < 0xdc00 ? lengthMax - 1 : lengthMax), cut: true }
}

/**
 * The first of several titles that has characters, as one line of plain text: tags stripped, references decoded once
 * more (titles are often escaped twice).
 */
export function titleOf(titles: readonly Markup[], lengthMax: number): Capped | undefined {
  for (const { text, plain } of titles) {
    const raw = capText(text, lengthMax * 4)
    const whole = oneLine(plain ? raw.text : htmlToText(raw.text))
    const title = capText(whole, lengthMax)
    if (title.text !== '') return { text: title.text.trim(), cut: title.cut || raw.cut }
  }
  return undefined
}
