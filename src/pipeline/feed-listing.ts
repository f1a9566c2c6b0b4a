// Which entries a publisher took out of a feed, as far as the feed's successive listings tell: nobody announces it.

/** An entry of a feed's listing. `missing`: it is not listed any more, though older ones are. */
export type ListedEntry = { readonly key: string; readonly at?: number; readonly missing?: boolean }

/** The listing to remember, newest first, and the keys that were withdrawn: missing between a younger and an older entry. */
export type ListingJudgement = {
  readonly listing: readonly ListedEntry[]
  readonly withdrawn: readonly string[]
}

/** When more than every fourth goes missing at once, the feed was cut, reset, or answered from an old copy. */
const missingAtOnceMax = 1 / 4

/**
 * Compares what a feed lists now, in document order, with what it listed before.
 *
 * An entry that newer ones push out of the end of a feed is not withdrawn, so an older one must stay; and a feed may be answered from
 * an older copy, which lacks the newest entries, so a younger one must stay or come too. Until then the entry waits as missing.
 * Nothing is concluded from a feed that does not list by age: one that is shuffled, sorted by interest, or puts old entries on top.
 */
export function judgeListing(
  before: readonly ListedEntry[],
  now: readonly Omit<ListedEntry, 'missing'>[],
): ListingJudgement {
  if (now.length === 0) return { listing: before, withdrawn: [] }
  const current = newestFirst(distinct(now))
  if (current === undefined) return { listing: distinct(now), withdrawn: [] }
  const merged = merge(before, current)
  if (merged === undefined || hasTooManyMissing(merged, before, current.length))
    return { listing: current, withdrawn: [] }
  const firstPresent = merged.findIndex((entry) => !entry.missing)
  const withdrawn = merged.slice(firstPresent).filter((entry) => entry.missing)
  return { listing: merged, withdrawn: withdrawn.map(({ key }) => key) }
}

/** All that are missing are fewer than those listed, so that what is remembered of a feed stays as small as the feed. */
function hasTooManyMissing(
  merged: readonly ListedEntry[],
  before: readonly ListedEntry[],
  listed: number,
): boolean {
  const wereMissing = new Set(before.filter((entry) => entry.missing).map(({ key }) => key))
  const missing = merged.filter((entry) => entry.missing)
  const newly = missing.filter(({ key }) => !wereMissing.has(key))
  return missing.length >= Math.max(2, listed) || newly.length > Math.max(1, listed * missingAtOnceMax)
}

function distinct(entries: readonly ListedEntry[]): readonly ListedEntry[] {
  return [...new Map(entries.toReversed().map((entry) => [entry.key, entry])).values()].toReversed()
}

/** Undefined for a feed that does not list by age. Without any date the first entry is taken for the newest. */
function newestFirst(entries: readonly ListedEntry[]): readonly ListedEntry[] | undefined {
  if (falls(entries)) return entries
  const reversed = entries.toReversed()
  return falls(reversed) ? reversed : undefined
}

function falls(entries: readonly ListedEntry[]): boolean {
  const times = entries.flatMap(({ at }) => at ?? [])
  return times.every((at, index) => index === 0 || at <= (times[index - 1] ?? at))
}

/**
 * The entries of now, and between them those of before that are missing: each behind the younger neighbour it had. Those behind the
 * last known entry fell out of the end. Undefined when the order of the known entries changed, or without dates when
 * something new came as well: a feed of several lists, one below the other, drops entries in its middle then.
 */
function merge(
  before: readonly ListedEntry[],
  current: readonly ListedEntry[],
): readonly ListedEntry[] | undefined {
  const isCurrent = new Set(current.map(({ key }) => key))
  const known = before.filter(({ key }) => isCurrent.has(key)).map(({ key }) => key)
  const gaps = gapsOf(before, isCurrent)
  const knownNow = current.filter(({ key }) => gaps.has(key))
  if (knownNow.some(({ key }, index) => key !== known[index])) return undefined
  const isUndated = current.some(({ at }) => at === undefined)
  const isNewlyMissing = [...gaps.values()].some((gap) => gap.some((entry) => !entry.missing))
  if (isUndated && isNewlyMissing && knownNow.length < current.length) return undefined
  return current.flatMap((entry) => [
    ...(gaps.get(entry.key) ?? []).map((gone) => ({ ...gone, missing: true })),
    entry,
  ])
}

/** By each entry that is still there: those just before it that are not. */
function gapsOf(
  before: readonly ListedEntry[],
  isCurrent: ReadonlySet<string>,
): ReadonlyMap<string, readonly ListedEntry[]> {
  const gaps = new Map<string, readonly ListedEntry[]>()
  let gap: ListedEntry[] = []
  for (const entry of before) {
    if (isCurrent.has(entry.key)) {
      gaps.set(entry.key, gap)
      gap = []
    } else gap.push(entry)
  }
  return gaps
}
