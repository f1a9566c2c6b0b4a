// Entities that a feed declares for itself. Only harmless ones are honoured; nothing is ever loaded.

const PROLOG_LENGTH_MAX = 65_536
const VALUE =
  /<!ENTITY\s+([\w.-]{1,40})\s+(?:"((?:[^"&%<]|&#x?[\da-f]{1,6};){0,64})"|'((?:[^'&%<]|&#x?[\da-f]{1,6};){0,64})')\s*>/gi
/** Every XML document has these; declaring them again changes nothing (XML 1.0, 4.6). */
const PREDEFINED = new Set(['amp', 'lt', 'gt', 'quot', 'apos'])
const ENTITIES_MAX = 300
/** How much longer a body may get: enough for real feeds, nothing for a bomb. */
const GROWTH_MAX = 65_536
const REFERENCES_MAX = 100_000

/**
 * Replaces references to the short, plain internal entities of the document type. A value that refers to anything but
 * characters by number, or is long, or comes from elsewhere is left alone; after 64 K of replacements the rest is left as it is.
 */
export function replaceDeclaredEntities(text: string): string {
  const root = text.search(/<[a-z_]/i)
  const doctype = text.slice(0, Math.max(0, root)).search(/<!DOCTYPE/i)
  if (doctype < 0) return text
  const prolog = text.slice(doctype, Math.min(root, doctype + PROLOG_LENGTH_MAX))
  const end = prolog.search(/\]\s*>/)
  if (end < 0) return text
  const values = new Map<string, string>()
  for (const [, name = '', double, single] of prolog.slice(0, end).matchAll(VALUE))
    if (values.size < ENTITIES_MAX && !values.has(name) && !PREDEFINED.has(name))
      values.set(name, double ?? single ?? '')
  return values.size === 0 ? text : expand(text, doctype + end, values)
}

function expand(text: string, from: number, values: ReadonlyMap<string, string>): string {
  const parts = [text.slice(0, from)]
  const reference = /&([\w.-]{1,40});/g
  reference.lastIndex = from
  let copied = from
  let room = GROWTH_MAX
  for (let count = 0; count < REFERENCES_MAX && room > 0; count++) {
    const found = reference.exec(text)
    if (found === null) break
    const value = values.get(found[1] ?? '')
    if (value === undefined) continue
    parts.push(text.slice(copied, found.index), value)
    copied = reference.lastIndex
    room -= value.length
  }
  return parts.join('') + text.slice(copied)
}
