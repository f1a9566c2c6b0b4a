// Entities that a feed declares for itself. Only harmless ones are honoured; nothing is ever loaded.

const PROLOG_LENGTH_MAX = 65_536
const VALUE = /<!ENTITY\s+([\w.-]{1,40})\s+(?:"([^"&%<]{0,64})"|'([^'&%<]{0,64})')\s*>/g
const ENTITIES_MAX = 300
/** How much longer a body may get: enough for real feeds, nothing for a bomb. */
const GROWTH_MAX = 65_536

/**
 * Replaces references to the short, plain internal entities of the document type. A value that refers to anything, or
 * is long, or comes from elsewhere is left alone, and so is a body that would grow by more than 64 K.
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
    if (values.size < ENTITIES_MAX && !values.has(name)) values.set(name, double ?? single ?? '')
  return values.size === 0 ? text : expand(text, doctype + end, values)
}

function expand(text: string, from: number, values: ReadonlyMap<string, string>): string {
  let room = GROWTH_MAX
  const body = text.slice(from).replace(/&([\w.-]{1,40});/g, (whole, name: string) => {
    const value = values.get(name)
    if (value === undefined || room < value.length) return whole
    room -= value.length
    return value
  })
  return text.slice(0, from) + body
}
