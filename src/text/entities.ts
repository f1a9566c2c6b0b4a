// Character references, in the three strictnesses a feed needs.
import { decodeHTML, decodeHTMLAttribute, decodeHTMLStrict } from 'entities'

/** The references that make up nearly all of a feed; the others are left to the full table. */
const COMMON: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['#39', "'"],
  ['#039', "'"],
  ['#34', '"'],
  ['#38', '&'],
  ['#160', '\u00a0'],
  ['nbsp', '\u00a0'],
  ['#8211', '–'],
  ['#8212', '—'],
  ['#8216', '‘'],
  ['#8217', '’'],
  ['#8220', '“'],
  ['#8221', '”'],
  ['#8230', '…'],
])
const COMMON_LENGTH_MAX = 5

/**
 * Decodes the references of an XML text: HTML names of every kind, but only with its semicolon, so that `&copy=2` in an
 * address survives; numbers 128-159 mean windows-1252, as in HTML. Unknown names stay as written.
 */
export function decodeXmlText(text: string): string {
  return decode(text, decodeHTMLStrict)
}

/** Decodes the references of an HTML text as browsers do, forgotten semicolons included. */
export function decodeHtmlText(text: string): string {
  return decode(text, decodeHTML)
}

/** Decodes the references of an HTML attribute, where `&copy=2` is no reference either. */
export function decodeHtmlAttribute(value: string): string {
  return decode(value, decodeHTMLAttribute)
}

/** Common references by hand (four times as fast); from the first other one on, all the rest by `decodeRest`. */
function decode(text: string, decodeRest: (text: string) => string): string {
  let amp = text.indexOf('&')
  if (amp < 0) return text
  let decoded = ''
  let copied = 0
  while (amp >= 0) {
    const end = text.indexOf(';', amp + 1)
    const character = commonBetween(text, amp + 1, end)
    if (character === undefined) return decoded + decodeRest(text.slice(copied))
    decoded += text.slice(copied, amp) + character
    copied = end + 1
    amp = text.indexOf('&', copied)
  }
  return decoded + text.slice(copied)
}

/** What a common reference stands for; the three that escape markup need not even be cut out. */
function commonBetween(text: string, start: number, end: number): string | undefined {
  const length = end - start
  if (length === 2 && text.startsWith('lt', start)) return '<'
  if (length === 2 && text.startsWith('gt', start)) return '>'
  if (length === 3 && text.startsWith('amp', start)) return '&'
  return length < 2 || length > COMMON_LENGTH_MAX ? undefined : COMMON.get(text.slice(start, end))
}

/** Writes a plain text as HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'))
}
