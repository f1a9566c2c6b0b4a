// The dates of an item, from what its feed claims.
import type { DateSource, ItemFlag } from '../model/item.ts'
import type { Instant } from '../model/time.ts'
import { parseDate } from '../text/date.ts'
import type { DateClaim } from './parse-document.ts'

export type ItemDates = {
  readonly publishedAt?: Instant
  readonly updatedAt?: Instant
  readonly dateText?: string
  readonly dateSource?: DateSource
  readonly flag?: ItemFlag
}

const FUTURE_MAX_MS = 24 * 3_600_000
const DATE_TEXT_LENGTH_MAX = 200

/**
 * The first claim that is a date; an item that was only ever updated counts as published then. Later than a day after
 * the fetch is the feed's mistake and becomes the fetch time, flagged. `timeZone` is for dates without one.
 */
export function datesOf(
  published: readonly DateClaim[],
  updated: readonly DateClaim[],
  fetchedAt: Instant,
  timeZone: string | undefined,
): ItemDates {
  const claims = [...published, ...updated]
  const options = timeZone === undefined ? {} : { timeZone }
  const best = firstDate(claims, options)
  const [first] = claims
  if (first === undefined) return { flag: 'undated' }
  if (best === undefined) return { ...asWritten(first), flag: 'bad-date' }
  const change = firstDate(updated, options)
  const isFuture = best.at > fetchedAt + FUTURE_MAX_MS
  return {
    ...asWritten(best.claim),
    publishedAt: isFuture ? fetchedAt : best.at,
    ...(change === undefined
      ? {}
      : { updatedAt: change.at > fetchedAt + FUTURE_MAX_MS ? fetchedAt : change.at }),
    ...(isFuture ? { flag: 'future-date' } : {}),
  }
}

function asWritten({ source, text }: DateClaim): Pick<ItemDates, 'dateText' | 'dateSource'> {
  return { dateText: text.slice(0, DATE_TEXT_LENGTH_MAX), dateSource: source }
}

function firstDate(
  claims: readonly DateClaim[],
  options: { timeZone?: string },
): { at: Instant; claim: DateClaim } | undefined {
  for (const claim of claims) {
    const at = parseDate(claim.text, options)
    if (at !== undefined) return { at, claim }
  }
  return undefined
}
