// A feed that loses entries between two polls is polled more often until it does not.
import type { FetchOutcome } from '../model/outcome.ts'
import { countEntries } from './feed-entries.ts'

const floorMs = 5 * 60_000
// A quarter of news in a full feed leaves room: after the next step up less than a third is new.
const calmShare = 1 / 4
const stepUp = 1.25

type Poll = {
  readonly outcome: FetchOutcome
  readonly intervalMs: number
  readonly newItems?: number
  readonly overflow?: boolean // every entry was new
}

/**
 * The interval in place of the configured one, undefined when that one is right: half as long after each overflow,
 * never under five minutes; a quarter longer after each calm answer; the same between.
 */
export function hurriedMs(before: number | undefined, poll: Poll): number | undefined {
  if (poll.intervalMs <= floorMs) return undefined
  const currentMs = Math.min(before ?? poll.intervalMs, poll.intervalMs)
  const nextMs = poll.overflow
    ? Math.max(floorMs, currentMs / 2)
    : isCalm(poll)
      ? currentMs * stepUp
      : currentMs
  return nextMs >= poll.intervalMs ? undefined : Math.round(nextMs)
}

function isCalm({ outcome, newItems = 0 }: Poll): boolean {
  return outcome.kind !== 'fetched' || newItems < countEntries(outcome.feed) * calmShare
}
