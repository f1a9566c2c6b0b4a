// Reports that are alike because they are made from one template, and not because they are about one event: another firm's bond,
// another town's bomb, the next day's rate.
import type { Comparable } from './dedupe-comparable.ts'
import { featuresOf } from './dedupe-features.ts'

// Set on 735 pairs of wire reports judged by hand: true for 78 % of the templates and for none of the rewritten reports.
const PAIRS_LEAST = 0.3
const CONFLICT_LEAST = 0.5
const BOILERPLATE_PAIRS_LEAST = 0.5
const BOILERPLATE_TITLE_MAX = 0.1

/** Do two similar reports differ just where a template is filled in, or share nothing but the boilerplate of a site? */
export function isTemplate(a: Comparable, b: Comparable, isSameSource: boolean): boolean {
  const { pairs, keyConflict, otherQuantities, titles, titleInText, titleOnly } = featuresOf(a, b, 0)
  if (pairs > PAIRS_LEAST && Math.max(keyConflict, otherQuantities) > CONFLICT_LEAST) return true
  if (isSameSource && titles === 1 && otherQuantities > 0) return true
  return titleOnly === 0 && pairs > BOILERPLATE_PAIRS_LEAST && titleInText < BOILERPLATE_TITLE_MAX
}
