// A topic as a tree: what the parser of queries and the YAML lists both become, and what matcher and search both read.
import type { MetaField, TextField } from '../model/topic.ts'

/** Text fields as bits, so that "title or body" is one number. */
export const FIELD_BITS: Readonly<Record<TextField, number>> = { title: 1, summary: 2, body: 4, author: 8 }
/** `text:` and the default: title, summary and body. */
export const TEXT_FIELDS = 7

/** How a term is compared: folded; as written (`=`); by romanised name (`~`). */
export type TermMode = 'plain' | 'exact' | 'name'

/** A word or phrase to look for. `text` is as written, escapes and wildcards included, without quotes and prefixes. */
export type TermNode = {
  readonly kind: 'term'
  readonly text: string
  readonly mode: TermMode
  readonly window?: number // "a b"~n: the words in any order, at most n others among them
  readonly attached: boolean // whether its Arabic or Hebrew words match with attached prefixes
  readonly fields: number
  readonly offset: number
}
/** A test of metadata. Values are lower-case and may hold `*`. */
export type MetaNode = {
  readonly kind: 'meta'
  readonly field: MetaField
  readonly values: readonly string[]
  readonly orMissing: boolean // lists by language also apply to items without one
  readonly offset: number
}
export type GroupNode = {
  readonly kind: 'and' | 'or'
  readonly of: readonly QueryNode[]
  readonly offset: number
}
export type NotNode = { readonly kind: 'not'; readonly of: QueryNode; readonly offset: number }
export type NearNode = {
  readonly kind: 'near'
  readonly within: number
  readonly ordered: boolean
  readonly left: QueryNode
  readonly right: QueryNode
  readonly offset: number
}
export type AtLeastNode = {
  readonly kind: 'atleast'
  readonly times: number
  readonly of: QueryNode
  readonly offset: number
}
export type QueryNode = TermNode | MetaNode | GroupNode | NotNode | NearNode | AtLeastNode

/** Whether a part of a query looks for something. NOT alone does not: it would match nearly everything. */
export function looksForSomething(node: QueryNode): boolean {
  switch (node.kind) {
    case 'not':
      return false
    case 'and':
      return node.of.some(looksForSomething)
    case 'or':
      return node.of.every(looksForSomething)
    default:
      return true
  }
}
