// Cuts a query into tokens. Only here is it known how things are spelled: operators, quotes, fields, escapes.
import type { MetaField } from '../model/topic.ts'
import { fail } from './query-error.ts'
import { FIELD_BITS, TEXT_FIELDS, type TermMode } from './query-tree.ts'

type Extent = { readonly start: number; readonly end: number }
export type TermToken = Extent & {
  readonly kind: 'term'
  readonly text: string
  readonly mode: TermMode
  readonly quoted: boolean
  readonly window?: number
}
export type Token = Extent &
  (
    | { readonly kind: 'open' | 'close' | 'and' | 'or' | 'not' }
    | { readonly kind: 'near'; readonly within: number; readonly ordered: boolean }
    | { readonly kind: 'atleast'; readonly times: number }
    | { readonly kind: 'field'; readonly fields: number }
    | { readonly kind: 'meta'; readonly field: MetaField; readonly values: readonly string[] }
    | TermToken
  )

const NEAR_DEFAULT = 4
const NUMBER_MAX = 9_999
const CLOSING: Readonly<Record<string, string>> = { '"': '"', '“': '”', '«': '»' }
const SIGNS: Readonly<Record<string, 'open' | 'close' | 'or'>> = { '(': 'open', ')': 'close', '|': 'or' }
const TEXT_FIELD_BITS: ReadonlyMap<string, number> = new Map([
  ...Object.entries(FIELD_BITS),
  ['text', TEXT_FIELDS],
])
const META_FIELDS: readonly MetaField[] = ['lang', 'source', 'country', 'kind', 'url', 'tag']
const HEBREW = /[\u05d0-\u05ea]/

/** All tokens of a query, in order. Throws QuerySyntaxError. */
export function tokenise(query: string): readonly Token[] {
  const tokens: Token[] = []
  for (let at = skipSpace(query, 0); at < query.length; at = skipSpace(query, tokens.at(-1)?.end ?? at + 1))
    tokens.push(readToken(query, at))
  return tokens
}

function skipSpace(query: string, from: number): number {
  let at = from
  while (at < query.length && /\s/.test(query.charAt(at))) at++
  return at
}

function readToken(query: string, at: number): Token {
  const sign = SIGNS[query.charAt(at)]
  if (sign !== undefined) return { kind: sign, start: at, end: query.startsWith('||', at) ? at + 2 : at + 1 }
  if (isNotSign(query, at)) return { kind: 'not', start: at, end: at + 1 }
  if (opensQuote(query, at)) return readQuoted(query, at, at, 'plain')
  const mode = MODES[query.charAt(at)]
  if (mode !== undefined) return readPrefixed(query, at, mode)
  return readWord(query, at)
}

const MODES: Readonly<Record<string, TermMode>> = { '=': 'exact', '~': 'name' }

/** `-` is NOT at the start and after a space or bracket; anywhere else it is a hyphen. */
function isNotSign(query: string, at: number): boolean {
  return query.charAt(at) === '-' && (at === 0 || /[\s()|]/.test(query.charAt(at - 1)))
}

/** A quote between two Hebrew letters is part of an abbreviation (צה"ל), never the start or end of a phrase. */
function isHebrewQuote(query: string, at: number): boolean {
  return query.charAt(at) === '"' && HEBREW.test(query.charAt(at - 1)) && HEBREW.test(query.charAt(at + 1))
}

function opensQuote(query: string, at: number): boolean {
  return query.charAt(at) in CLOSING && !isHebrewQuote(query, at)
}

function readPrefixed(query: string, start: number, mode: TermMode): Token {
  if (opensQuote(query, start + 1)) return readQuoted(query, start, start + 1, mode)
  const end = wordEnd(query, start + 1)
  if (end === start + 1) fail('E_MISSING_OPERAND', query, start)
  return { kind: 'term', start, end, text: query.slice(start + 1, end), mode, quoted: false }
}

function readQuoted(query: string, start: number, open: number, mode: TermMode): Token {
  const closing = CLOSING[query.charAt(open)] ?? ''
  let at = open + 1
  while (at < query.length && (query.charAt(at) !== closing || isHebrewQuote(query, at)))
    at += query.charAt(at) === '\\' ? 2 : 1
  if (at >= query.length) fail('E_UNCLOSED_QUOTE', query, open)
  const term = { kind: 'term', start, text: query.slice(open + 1, at), mode, quoted: true } as const
  if (query.charAt(at + 1) !== '~') return { ...term, end: at + 1 }
  const end = wordEnd(query, at + 2)
  return { ...term, end, window: readNumber(query, at + 1, query.slice(at + 2, end), 0) }
}

/** Where the unquoted word that starts at `from` ends: at a space, bracket, bar or opening quote that is not escaped. */
function wordEnd(query: string, from: number): number {
  let at = from
  while (at < query.length && !/[\s()|]/.test(query.charAt(at)) && !opensQuote(query, at))
    at += query.charAt(at) === '\\' ? 2 : 1
  return Math.min(at, query.length)
}

function readNumber(query: string, offset: number, digits: string, least: number): number {
  const value = /^\d{1,5}$/.test(digits) ? Number(digits) : -1
  if (value < least || value > NUMBER_MAX) fail('E_BAD_NUMBER', query, offset)
  return value
}

function readWord(query: string, start: number): Token {
  const field = readField(query, start)
  if (field !== undefined) return field
  const end = wordEnd(query, start)
  const text = query.slice(start, end)
  return (
    readOperator(query, start, end, text) ?? { kind: 'term', start, end, text, mode: 'plain', quoted: false }
  )
}

const OPERATORS: Readonly<Record<string, 'and' | 'or' | 'not'>> = { AND: 'and', OR: 'or', NOT: 'not' }

function readOperator(query: string, start: number, end: number, text: string): Token | undefined {
  const simple = Object.hasOwn(OPERATORS, text) ? OPERATORS[text] : undefined
  if (simple !== undefined) return { kind: simple, start, end }
  const [, name, digits] = /^(NEAR|ONEAR|ATLEAST)(?:\/(.*))?$/su.exec(text) ?? []
  if (name === undefined) return undefined
  if (name === 'ATLEAST')
    return { kind: 'atleast', start, end, times: readNumber(query, start, digits ?? '', 1) }
  const within = digits === undefined ? NEAR_DEFAULT : readNumber(query, start, digits, 0)
  return { kind: 'near', start, end, within, ordered: name === 'ONEAR' }
}

const FIELD = /([a-z]{1,12}):(?!\/\/)/iy

function readField(query: string, start: number): Token | undefined {
  FIELD.lastIndex = start
  const [prefix = '', name = ''] = FIELD.exec(query) ?? []
  if (prefix === '') return undefined
  const fields = TEXT_FIELD_BITS.get(name.toLowerCase())
  const end = start + prefix.length
  if (fields !== undefined) return { kind: 'field', start, end, fields }
  const field = META_FIELDS.find((known) => known === name.toLowerCase())
  if (field === undefined) fail('E_UNKNOWN_FIELD', query, start, end)
  return readMeta(query, start, skipSpace(query, end), field)
}

function readMeta(query: string, start: number, at: number, field: MetaField): Token {
  const group = /^\(([^()]*)\)/.exec(query.slice(at))
  if (group === null && query.charAt(at) === '(') fail('E_UNCLOSED_PAREN', query, at)
  const single = /^(?:"[^"]*"|“[^”]*”|«[^»]*»|[^\s()]+)/.exec(query.slice(at))
  const source = group?.[0] ?? single?.[0] ?? ''
  if (source === '') fail('E_MISSING_OPERAND', query, start)
  const values = (group === null ? [source] : splitValues(group[1] ?? '')).map(metaValue)
  if (values.length === 0 || !values.every(isValue)) fail('E_BAD_VALUE', query, at)
  return { kind: 'meta', start, end: at + source.length, field, values }
}

/** A value names something; AND and NOT make no sense in a list of values. */
function isValue(value: string): boolean {
  return /[\p{L}\p{N}]/u.test(value) && value !== 'and' && value !== 'not'
}

function splitValues(list: string): readonly string[] {
  const values = list.match(/"[^"]*"|“[^”]*”|«[^»]*»|[^\s|,]+/g) ?? []
  return values.filter((value) => value !== 'OR')
}

/** A value of metadata as it is compared: without quotes, in lower case. */
export function metaValue(value: string): string {
  return value.replace(/^["“«](.*)["”»]$/su, '$1').toLowerCase()
}
