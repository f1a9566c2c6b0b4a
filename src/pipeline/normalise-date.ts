// The dates of an item, from what its feed claims.
import type { DateSource, ItemFlag } from '../model/item.ts'
import type { Instant } from '../model/time.ts'
import { parseDate } from '../text/date.ts'
import type { DateClaim } from './parse-document.ts'

type Dates = { dateText?: string; dateSource?: DateSource; publishedAt?: Instant; updatedAt?: Instant }
type ItemDates = { readonly dates: Readonly<Dates>; readonly flag: ItemFlag | undefined }

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
  const options = timeZone === undefined ? {} : { timeZone }
  const change = firstDate(updated, options)
  const best = firstDate(published, options) ?? change
  const claim = best?.claim ?? published[0] ?? updated[0]
  if (claim === undefined) return { dates: {}, flag: 'undated' }
  const { source: dateSource } = claim
  const dateText = claim.text.slice(0, DATE_TEXT_LENGTH_MAX)
  if (best === undefined) return { dates: { dateText, dateSource }, flag: 'bad-date' }
  const latest = fetchedAt + FUTURE_MAX_MS
  const dates: Dates = { dateText, dateSource, publishedAt: best.at > latest ? fetchedAt : best.at }
  if (change !== undefined) dates.updatedAt = change.at > latest ? fetchedAt : change.at
  return { dates, flag: best.at > latest ? 'future-date' : undefined }
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
