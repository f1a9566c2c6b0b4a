// Does a topic have far more than usual? The rule an alert of kind `spike` goes by; docs/alerts.md says why.
import type { SpikeRule } from '../model/alert.ts'
import { median } from '../text/median.ts'

const WEEKS_COMPARED = 4

/** `count` in the window, `before` in the same hours of each of the four weeks before, on sources heard throughout. */
export type WindowCounts = { readonly count: number; readonly before: readonly number[] }

/** The usual count when the topic spikes, else undefined. Without four weeks to compare with nothing can be called unusual. */
export function spikeOver(
  { count, before }: WindowCounts,
  { factor, minimum }: Pick<SpikeRule, 'factor' | 'minimum'>,
): number | undefined {
  const usual = median(before)
  if (usual === undefined || before.length < WEEKS_COMPARED) return undefined
  const isSpike = count >= minimum && count >= usual * factor && count > Math.max(...before)
  return isSpike ? usual : undefined
}
