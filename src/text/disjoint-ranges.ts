// Ranges that overlap, as ranges that do not.
import type { TextRange } from '../model/digest.ts'

/** The same places in order; overlapping ranges become one. */
export function disjointRanges(places: readonly TextRange[]): readonly TextRange[] {
  const ranges: TextRange[] = []
  for (const { start, end } of places.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = ranges.at(-1)
    if (last && start < last.end)
      ranges[ranges.length - 1] = { start: last.start, end: Math.max(last.end, end) }
    else ranges.push({ start, end })
  }
  return ranges
}
