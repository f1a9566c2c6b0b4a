// Why a topic does not hold: which required part is missing, too far away, too rare, or excluded.
import type { Evidence } from './match-evaluate.ts'
import { holds, placesOf } from './match-evaluate.ts'
import { countApart, type WordPlace } from './match-places.ts'
import type { MatchNode } from './match-tree.ts'

/** A part of a topic that keeps it from matching. `part` is written in the language of topics; `places` are those of an excluded part. */
export type MissingPart = {
  readonly because: 'absent' | 'too-far' | 'too-few' | 'excluded' | 'metadata'
  readonly part: string
  readonly places: readonly WordPlace[]
}

const NOWHERE: readonly WordPlace[] = []

/** The parts that keep a node from holding; none when it holds. Of alternatives all are named together. */
export function missingParts(evidence: Evidence, node: MatchNode): readonly MissingPart[] {
  if (holds(evidence, node)) return []
  const part = describe(node)
  switch (node.kind) {
    case 'and':
      return node.of.flatMap((child) => missingParts(evidence, child))
    case 'not':
      return [{ because: 'excluded', part: describe(node.of), places: placesOf(evidence, node.of) }]
    case 'meta':
      return [{ because: 'metadata', part, places: NOWHERE }]
    case 'near':
      return missingOf(evidence, [node.left, node.right], part)
    case 'window':
      return missingOf(evidence, node.words, part)
    case 'atleast': {
      const count = countApart(placesOf(evidence, node.of))
      return [{ because: count === 0 ? 'absent' : 'too-few', part, places: NOWHERE }]
    }
    default:
      return [{ because: 'absent', part, places: NOWHERE }]
  }
}

/** What is missing of parts that must stand near each other: one of them, or the nearness. */
function missingOf(evidence: Evidence, parts: readonly MatchNode[], whole: string): readonly MissingPart[] {
  const missing = parts.flatMap((part) => missingParts(evidence, part))
  return missing.length > 0 ? missing : [{ because: 'too-far', part: whole, places: NOWHERE }]
}

const TERMS_SHOWN = 8

/** A node in the language of topics; long lists are cut. */
function describe(node: MatchNode): string {
  switch (node.kind) {
    case 'terms':
      return listed(node.terms.map(quoted), ' OR ')
    case 'window':
      return `${quoted(node.term)}~${node.within}`
    case 'meta':
      return `${node.field}:${listed(node.values, ' OR ')}`
    case 'not':
      return `NOT ${describe(node.of)}`
    case 'near':
      return `${describe(node.left)} ${node.ordered ? 'ONEAR' : 'NEAR'}/${node.within} ${describe(node.right)}`
    case 'atleast':
      return `ATLEAST/${node.times}(${describe(node.of)})`
    default:
      return listed(node.of.map(describe), node.kind === 'and' ? ' AND ' : ' OR ')
  }
}

function quoted(term: string): string {
  return /[\s()|]/u.test(term) && !term.includes('"') ? `"${term}"` : term
}

function listed(parts: readonly string[], operator: string): string {
  const shown = parts.slice(0, TERMS_SHOWN).join(operator)
  const rest = parts.length > TERMS_SHOWN ? `${operator}… ${parts.length - TERMS_SHOWN} more` : ''
  return parts.length > 1 ? `(${shown}${rest})` : shown
}

/** All places of terms of a node, whether it holds or not, negated ones included. */
export function allPlaces(evidence: Evidence, node: MatchNode): readonly WordPlace[] {
  switch (node.kind) {
    case 'terms':
      return placesOf(evidence, node)
    case 'window':
      return node.words.flatMap((word) => allPlaces(evidence, word))
    case 'and':
    case 'or':
      return node.of.flatMap((part) => allPlaces(evidence, part))
    case 'near':
      return [...allPlaces(evidence, node.left), ...allPlaces(evidence, node.right)]
    case 'not':
    case 'atleast':
      return allPlaces(evidence, node.of)
    default:
      return NOWHERE
  }
}
