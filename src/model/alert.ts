// A standing order for what cannot wait until the morning.
import type { Digest } from './digest.ts'

/** Hours in which nothing is sent, by the clock of the alert's zone; `from` later than `until` spans midnight. */
export type QuietHours = { readonly from: string; readonly until: string } // HH:MM

/** When a topic stands out: `minimum` articles in the last `hours`, and `factor` times what the same hours usually bring. */
export type SpikeRule = { readonly hours: number; readonly factor: number; readonly minimum: number }

/** What is told between editions, to whom, and when not. It is issued as a small edition of its own. */
export type Alert = Pick<
  Digest,
  'id' | 'name' | 'timeZone' | 'language' | 'channels' | 'minimumGrade' | 'storiesPerSection'
> & {
  readonly topics: readonly string[]
  readonly when: 'immediate' | 'spike'
  readonly minimumOutlets: number // independent outlets a story needs before it is told
  readonly maxAgeMs: number // what was published longer before we saw it is no news
  readonly cooldownMs: number // between two issues
  readonly quietHours?: QuietHours
  readonly spike: SpikeRule
}
