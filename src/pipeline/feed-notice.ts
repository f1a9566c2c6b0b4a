// Which trouble of a feed is worth telling somebody at once, and when it was told already.
import type { Instant } from '../model/time.ts'
import type { FeedHealth } from './feed-health.ts'

/** `told` names what was told and still lasts: a move, a trouble, or both; undefined for nothing. */
export type FeedNotice = { readonly told: string | undefined; readonly isNews: boolean }

const deadAfterMs = 24 * 3_600_000
const between = '; ' // stands in no address

/**
 * Compares a feed's health with what was told of it before. While a feed fails for less than a day what was told stays,
 * so that nothing is told twice; a move stays told through every other trouble, which hides it for a while.
 */
export function feedNotice(
  { state, since = Number.POSITIVE_INFINITY, detail }: FeedHealth,
  before: string | undefined,
  now: Instant,
): FeedNotice {
  const known = before?.split(between) ?? []
  const move = known.find((one) => one.startsWith('moved '))
  const trouble = state === 'moved' ? `moved ${detail ?? ''}` : state
  switch (state) {
    case 'ok':
    case 'never-fetched':
      return { told: undefined, isNews: false }
    case 'lossy': // it was heard; editions say so as long as it lasts
      return { told: move, isNews: false }
    case 'moved':
      return { told: trouble, isNews: trouble !== move }
    case 'failing':
      if (now - since < deadAfterMs) return { told: before, isNews: false }
  }
  const told = move === undefined ? trouble : `${trouble}${between}${move}`
  return { told, isNews: !known.includes(trouble) }
}
