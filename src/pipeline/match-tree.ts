// A compiled topic: the tree of a query with its terms replaced by leaves that the matcher fills.
import type { MetaField } from '../model/topic.ts'

/** Any of some terms, in the fields of the mask. `leaf` numbers these nodes through the whole watchlist. */
export type TermsNode = {
  readonly kind: 'terms'
  readonly leaf: number
  readonly fields: number
  readonly terms: readonly string[] // as written, for spans and explanations
}
export type MatchNode =
  | TermsNode
  | {
      readonly kind: 'window'
      readonly words: readonly TermsNode[]
      readonly within: number
      readonly term: string
    }
  | {
      readonly kind: 'meta'
      readonly field: MetaField
      readonly values: readonly string[]
      readonly orMissing: boolean
    }
  | { readonly kind: 'and' | 'or'; readonly of: readonly MatchNode[] }
  | { readonly kind: 'not'; readonly of: MatchNode }
  | {
      readonly kind: 'near'
      readonly within: number
      readonly ordered: boolean
      readonly left: MatchNode
      readonly right: MatchNode
    }
  | { readonly kind: 'atleast'; readonly times: number; readonly of: MatchNode }

/** The leaves one of which must be seen before the node can be true; undefined when it can be true without any. */
export function anchorsOf(node: MatchNode): readonly TermsNode[] | undefined {
  switch (node.kind) {
    case 'terms':
      return [node]
    case 'window':
      return rarest(node.words.map((word) => [word]))
    case 'and':
      return rarest(node.of.map(anchorsOf))
    case 'near':
      return rarest([anchorsOf(node.left), anchorsOf(node.right)])
    case 'atleast':
      return anchorsOf(node.of)
    case 'or':
      return union(node.of.map(anchorsOf))
    default:
      return undefined
  }
}

type Anchors = readonly TermsNode[] | undefined

function union(parts: readonly Anchors[]): Anchors {
  const anchors: TermsNode[] = []
  for (const part of parts) {
    if (part === undefined) return undefined
    anchors.push(...part)
  }
  return anchors
}

/** Of several parts that must all be true, the one with the fewest terms is the rarest guess. */
function rarest(parts: readonly Anchors[]): Anchors {
  const known = parts.filter((part) => part !== undefined)
  return known.toSorted((a, b) => termCount(a) - termCount(b))[0]
}

function termCount(anchors: readonly TermsNode[]): number {
  return anchors.reduce((sum, anchor) => sum + anchor.terms.length, 0)
}
