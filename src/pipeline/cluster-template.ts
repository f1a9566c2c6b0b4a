// Reports that are alike because they are made from one template, and not because they are about one event: another firm's bond,
// another town's bomb, the next day's rate.
import type { Comparable } from './dedupe-comparable.ts'
import { sharedPairs, wordFeaturesOf } from './dedupe-features.ts'

// Set on 735 pairs of wire reports judged by hand: true for 74 % of the templates and for none of the rewritten reports. Two reports of
// one event that use the same quotes share neighbouring words too: the fewer they share, the more must differ.
const PAIRS_LEAST = 0.3
const CONFLICT_LEAST = 0.5
const PAIRS_AND_CONFLICT_LEAST = 1
const BOILERPLATE_PAIRS_LEAST = 0.5
const BOILERPLATE_TITLE_MAX = 0.1

/** Do two similar reports differ just where a template is filled in, or share nothing but the boilerplate of a site? */
export function isTemplate(a: Comparable, b: Comparable, isSameSource: boolean): boolean {
  const { keyConflict, otherQuantities, titles, titleInText, titleOnly } = wordFeaturesOf(a, b, 0)
  if (isSameSource && titles === 1 && otherQuantities > 0) return true
  const conflict = Math.max(keyConflict, otherQuantities)
  const isConflict = conflict > CONFLICT_LEAST
  const isBoilerplate = titleOnly === 0 && titleInText < BOILERPLATE_TITLE_MAX
  if (!isConflict && !isBoilerplate) return false // neighbouring words cost as much as all the rest: most end here
  const pairs = sharedPairs(a, b)
  return isConflict
    ? pairs > Math.max(PAIRS_LEAST, PAIRS_AND_CONFLICT_LEAST - conflict)
    : pairs > BOILERPLATE_PAIRS_LEAST
}
