// Places in a field where part of a query was found, and which of them are near each other.

/** A run of words of one field that a term covers. */
export type TermWords = { readonly first: number; readonly last: number; readonly term: string }

/** A place: from its first to its last word, with the terms that make it up. */
export type WordPlace = {
  readonly field: number
  readonly first: number
  readonly last: number
  readonly parts: readonly TermWords[]
}

const PLACES_MAX = 4_096 // of one NEAR: a bound for texts made of nothing but the terms

/** Pairs of a left and a right place with at most `within` words between them, on different words, in order if asked. */
export function nearPairs(
  left: readonly WordPlace[],
  right: readonly WordPlace[],
  within: number,
  ordered: boolean,
): readonly WordPlace[] {
  const pairs: WordPlace[] = []
  const rights = right.toSorted((a, b) => a.field - b.field || a.first - b.first)
  const longest = rights.reduce((most, place) => Math.max(most, place.last - place.first), 0)
  for (const one of left) {
    for (let at = lowerBound(rights, one.field, one.first - within - longest - 1); at < rights.length; at++) {
      const other = rights[at]
      if (other === undefined || other.field !== one.field || other.first > one.last + within + 1) break
      if (isNear(one, other, within, ordered)) pairs.push(join(one, other))
      if (pairs.length === PLACES_MAX) return pairs
    }
  }
  return pairs
}

function lowerBound(places: readonly WordPlace[], field: number, first: number): number {
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >> 1
    const place = places[middle]
    const before =
      place !== undefined && (place.field < field || (place.field === field && place.first < first))
    if (before) low = middle + 1
    else high = middle
  }
  return low
}

function isNear(one: WordPlace, other: WordPlace, within: number, ordered: boolean): boolean {
  if (ordered && other.first <= one.last) return false
  const between = Math.max(one.first, other.first) - Math.min(one.last, other.last) - 1
  return between <= within && !sharesWords(one, other)
}

function sharesWords(one: WordPlace, other: WordPlace): boolean {
  return one.parts.some((a) => other.parts.some((b) => a.first <= b.last && b.first <= a.last))
}

function join(one: WordPlace, other: WordPlace): WordPlace {
  return {
    field: one.field,
    first: Math.min(one.first, other.first),
    last: Math.max(one.last, other.last),
    parts: [...one.parts, ...other.parts],
  }
}

/**
 * Places where one of each of `words` lies, in any order, inside a window that holds at most `within` other words.
 * Each entry of `words` lists the places of one word of the phrase.
 */
export function windows(words: readonly (readonly WordPlace[])[], within: number): readonly WordPlace[] {
  const [start = [], ...others] = words
  let found: readonly WordPlace[] = start
  const span = words.length + within // words a window may cover
  for (const places of others)
    found = nearPairs(found, places, span, false).filter((place) => place.last - place.first < span)
  return found
}

/** How many of the places can be told apart: the most that share no word. */
export function countApart(places: readonly WordPlace[]): number {
  const byEnd = places.toSorted((a, b) => a.field - b.field || a.last - b.last)
  let count = 0
  let field = -1
  let covered = -1
  for (const place of byEnd) {
    if (place.field === field && place.first <= covered) continue
    count++
    field = place.field
    covered = place.last
  }
  return count
}
