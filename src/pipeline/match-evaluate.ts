// Decides whether a topic holds for an article, and collects the places that say so.
import type { Taggable } from '../model/topic.ts'
import type { Matcher } from './match-compile.ts'
import { hasMeta, lacksLanguage } from './match-meta.ts'
import { countApart, nearPairs, type WordPlace, windows } from './match-places.ts'
import type { Occurrences } from './match-scan.ts'
import type { MatchNode, TermsNode } from './match-tree.ts'

/** What is known of one article: its metadata, and for each leaf the occurrences that belong to it. */
export type Evidence = {
  readonly article: Taggable
  readonly found: Occurrences
  readonly leaves: ReadonlyMap<number, readonly Sighting[]>
  readonly candidates: readonly number[] // topics, ascending
}
/** An occurrence (row of `found`) and the term of the leaf that it is one of. */
type Sighting = { readonly occurrence: number; readonly term: number }

/** Sorts the occurrences by the leaves they belong to, and names the topics worth evaluating. */
export function gatherEvidence(matcher: Matcher, found: Occurrences, article: Taggable): Evidence {
  const leaves = new Map<number, Sighting[]>()
  const candidates = new Set(matcher.always)
  for (let occurrence = 0; occurrence < found.count; occurrence++) {
    const pattern = found.patterns[occurrence] ?? 0
    const end = matcher.memberStarts[pattern + 1] ?? 0
    for (let member = matcher.memberStarts[pattern] ?? 0; member < end; member++) {
      const leaf = matcher.memberLeaves[member] ?? 0
      const sighting = { occurrence, term: matcher.memberTerms[member] ?? 0 }
      const known = leaves.get(leaf)
      if (known === undefined) leaves.set(leaf, [sighting])
      else known.push(sighting)
      if (matcher.leafAnchors[leaf] === 1) candidates.add(matcher.leafTopics[leaf] ?? 0)
    }
  }
  return { article, found, leaves, candidates: [...candidates].toSorted((a, b) => a - b) }
}

/** Whether a node holds. */
export function holds(evidence: Evidence, node: MatchNode): boolean {
  switch (node.kind) {
    case 'terms':
      return (evidence.leaves.get(node.leaf) ?? []).some((sighting) => isInFields(evidence, node, sighting))
    case 'and':
      return node.of.every((part) => holds(evidence, part))
    case 'or':
      return node.of.some((part) => holds(evidence, part))
    case 'not':
      return !holds(evidence, node.of)
    case 'meta':
      return (
        (node.orMissing && lacksLanguage(evidence.article)) ||
        hasMeta(evidence.article, node.field, node.values)
      )
    case 'atleast':
      return countApart(placesOf(evidence, node.of)) >= node.times
    default:
      return placesOf(evidence, node).length > 0
  }
}

function isInFields(evidence: Evidence, node: TermsNode, sighting: Sighting): boolean {
  return ((node.fields >> (evidence.found.fields[sighting.occurrence] ?? 0)) & 1) === 1
}

/**
 * The places that make a node true, not those of negated parts: of an OR every alternative that holds,
 * of a NEAR the pairs that are near enough. Empty when the node does not hold.
 */
export function placesOf(evidence: Evidence, node: MatchNode): readonly WordPlace[] {
  switch (node.kind) {
    case 'terms':
      return termPlaces(evidence, node)
    case 'window':
      return windowPlaces(evidence, node)
    case 'near':
      return nearPairs(
        placesOf(evidence, node.left),
        placesOf(evidence, node.right),
        node.within,
        node.ordered,
      )
    case 'atleast':
      return holds(evidence, node) ? placesOf(evidence, node.of) : []
    case 'or':
      return node.of.flatMap((part) => placesOf(evidence, part))
    case 'and':
      return holds(evidence, node) ? node.of.flatMap((part) => placesOf(evidence, part)) : []
    default:
      return []
  }
}

function windowPlaces(
  evidence: Evidence,
  node: MatchNode & { readonly kind: 'window' },
): readonly WordPlace[] {
  const words = node.words.map((word) => termPlaces(evidence, word))
  return windows(words, node.within).map((place) => ({
    ...place,
    parts: place.parts.map((part) => ({ ...part, term: node.term })),
  }))
}

function termPlaces(evidence: Evidence, node: TermsNode): readonly WordPlace[] {
  const places: WordPlace[] = []
  for (const sighting of evidence.leaves.get(node.leaf) ?? []) {
    if (isInFields(evidence, node, sighting)) places.push(placeOf(evidence.found, sighting, node))
  }
  return places
}

function placeOf(found: Occurrences, sighting: Sighting, node: TermsNode): WordPlace {
  const first = found.firsts[sighting.occurrence] ?? 0
  const last = found.lasts[sighting.occurrence] ?? 0
  const term = node.terms[sighting.term] ?? ''
  return { field: found.fields[sighting.occurrence] ?? 0, first, last, parts: [{ first, last, term }] }
}
