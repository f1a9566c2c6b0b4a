// How long a digest may be silent without anything being wrong: the longest wait between two of its slots.
import type { Instant } from '../model/time.ts'
import { type Cron, latestSlot } from './cron.ts'

const slotsLookedAt = 8 // a week of a daily digest and one slot more: its weekend is among them

/** The longest of the last waits before `now`, in milliseconds; undefined for a digest with fewer than two slots in a year. */
export function longestGapMs(cron: Cron, timeZone: string, now: Instant): number | undefined {
  const slots: Instant[] = []
  for (let upTo = now; slots.length < slotsLookedAt; ) {
    const slot = latestSlot(cron, timeZone, 0, upTo)
    if (slot === undefined) break
    slots.push(slot)
    upTo = slot - 1
  }
  const gaps = slots.slice(1).map((slot, index) => (slots[index] ?? slot) - slot)
  return gaps.length === 0 ? undefined : Math.max(...gaps)
}
