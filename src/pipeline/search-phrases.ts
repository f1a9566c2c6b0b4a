// Phrases in some of the fields, as FTS5 writes them.
import type { TextField } from '../model/topic.ts'
import { FIELD_BITS } from './query-tree.ts'

/** FTS5's filter on columns; `fields` are bits of FIELD_BITS. */
export function columns(fields: number): string {
  const names = (Object.keys(FIELD_BITS) as TextField[]).filter((field) => (fields & FIELD_BITS[field]) !== 0) // keys of that record
  return `{${names.join(' ')}} : `
}

/** Any of the phrases in these fields. */
export function anyPhrase(fields: number, phrases: readonly string[]): string {
  return `${columns(fields)}(${phrases.join(' OR ')})`
}
