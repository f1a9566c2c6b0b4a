// The comparison rules of feeds/FORMAT.md.
import { decodeHTML } from 'entities'

type ExpectedItem = { readonly index: number; readonly [field: string]: unknown }
export type FeedCase = {
  readonly id: string
  readonly group: string
  readonly file: string
  readonly contentType?: string
  readonly url?: string
  readonly urls?: boolean
  readonly expect: {
    readonly reject?: true
    readonly orReject?: true
    readonly itemCount?: number
    readonly minItems?: number
    readonly feed?: Readonly<Record<string, string>>
    readonly items?: readonly ExpectedItem[]
    readonly maxMs?: number
    readonly maxOutputChars?: number
    readonly notContains?: readonly string[]
    readonly notPolluted?: boolean
  }
}
type ItemOutput = { readonly [field: string]: unknown }
type FeedOutput = {
  readonly reject?: string
  readonly ms: number
  readonly feed?: ItemOutput
  readonly items?: readonly ItemOutput[]
}

/** What differs, a line each; empty when the case passes. */
export function failuresOf(one: FeedCase, output: FeedOutput): readonly string[] {
  const { expect } = one
  const limits = limitFailures(expect, output)
  if (output.reject !== undefined)
    return expect.reject || expect.orReject ? limits : [...limits, `rejected: ${output.reject}`]
  if (expect.reject) return ['was not rejected']
  const items = output.items ?? []
  const isBase = one.urls === true || one.group.endsWith('/base')
  return [
    ...limits,
    ...(expect.itemCount !== undefined && expect.itemCount !== items.length ? [`${items.length} items`] : []),
    ...(expect.minItems !== undefined && items.length < expect.minItems ? [`${items.length} items`] : []),
    ...fieldFailures('feed', expect.feed ?? {}, output.feed ?? {}, isBase),
    ...(expect.items ?? []).flatMap((item) =>
      fieldFailures(`item ${item.index}`, item, items[item.index] ?? {}, isBase),
    ),
  ]
}

function limitFailures(expect: FeedCase['expect'], output: FeedOutput): readonly string[] {
  const all = JSON.stringify([output.feed, output.items])
  const polluted = expect.notPolluted === true && 'polluted' in {}
  return [
    ...(expect.maxMs !== undefined && output.ms > expect.maxMs ? [`${output.ms} ms`] : []),
    ...(expect.maxOutputChars !== undefined && all.length > expect.maxOutputChars
      ? [`${all.length} characters`]
      : []),
    ...(expect.notContains ?? []).filter((text) => all.includes(text)).map((text) => `contains ${text}`),
    ...(polluted ? ['Object.prototype was changed'] : []),
  ]
}

function fieldFailures(
  where: string,
  expected: ItemOutput,
  found: ItemOutput,
  isBase: boolean,
): readonly string[] {
  return Object.entries(expected)
    .filter(([field]) => field !== 'index' && field !== 'linkAny')
    .filter(([field, value]) => !holds(field, value, found, expected['linkAny'] === true, isBase))
    .map(
      ([field, value]) =>
        `${where}.${field}: ${JSON.stringify(found[field])} is not ${JSON.stringify(value)}`,
    )
}

function holds(field: string, value: unknown, found: ItemOutput, linkAny: boolean, isBase: boolean): boolean {
  const text = String(value)
  const at = (name: string): string => String(found[name] ?? '')
  if (field === 'summary' || field === 'content')
    return [at('summary'), at('content')].some(
      (one) => plain(one) === plain(text) && (!isBase || sameAddresses(one, text)),
    )
  if (field.endsWith('Starts'))
    return plain(at(field.replace('Starts', '')).slice(0, 3000)).includes(plain(text).slice(0, 40))
  if (field === 'link' && linkAny) return at('link') !== ''
  if (['link', 'comments', 'image'].includes(field)) return sameUrl(at(field), text)
  if (field === 'id') return at('id').trim() === text.trim() || sameUrl(at('id'), text)
  if (field === 'date')
    return [at('date'), at('updated')].some(
      (one) => Date.parse(one.slice(0, 19)) === Date.parse(text.slice(0, 19)),
    )
  if (field === 'author') return contains(at('author').trim(), text.trim())
  if (field === 'language')
    return at('language').toLowerCase().replace('_', '-') === text.toLowerCase().replace('_', '-')
  if (field === 'categories')
    return listHolds(value, found['categories'], (a, b) => plain(String(a)) === plain(String(b)))
  if (field === 'enclosures') return listHolds(value, found['enclosures'], sameEnclosure)
  return plain(at(field)) === plain(text)
}

function listHolds(expected: unknown, found: unknown, same: (a: unknown, b: unknown) => boolean): boolean {
  const list = Array.isArray(found) ? found : []
  return Array.isArray(expected) && expected.every((one) => list.some((other) => same(one, other)))
}

function sameEnclosure(a: unknown, b: unknown): boolean {
  const [want, have] = [a, b] as readonly [Record<string, unknown>, Record<string, unknown>] // both are objects of the format
  return Object.entries(want).every(([key, value]) =>
    key === 'url' ? sameUrl(String(have['url']), String(value)) : String(have[key]) === String(value),
  )
}

function contains(a: string, b: string): boolean {
  return a === b || (a !== '' && b !== '' && (a.includes(b) || b.includes(a)))
}

function sameUrl(a: string, b: string): boolean {
  return urlKey(a) === urlKey(b)
}

function urlKey(written: string): string {
  const href = URL.parse(written.trim())?.href ?? written.trim()
  try {
    return decodeURI(href)
  } catch {
    return href
  }
}

function sameAddresses(a: string, b: string): boolean {
  return addressesIn(a).join('\n') === addressesIn(b).join('\n')
}

function addressesIn(html: string): readonly string[] {
  return [...html.matchAll(/\b(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)].map(([, a, b]) =>
    urlKey(decodeHTML(a ?? b ?? '')),
  )
}

/** T of FORMAT.md: comments, tags, references, white space and composition never decide. */
function plain(text: string): string {
  const once = (html: string): string =>
    decodeHTML(html.replace(/<!--[\s\S]*?-->/g, '').replace(/<[^>]*>/g, ''))
  return once(once(text))
    .replace(/[\s\u00a0]+/g, '')
    .normalize('NFC')
}
