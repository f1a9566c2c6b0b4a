// In which order a recording is played: every poll of every feed, at the distance in time it was recorded at.
import type { Instant } from '../model/time.ts'

/** Feeds that are polled at one time; `turn` counts the polls of a feed from 0. */
export type ReplayRound = { readonly at: Instant; readonly turn: number; readonly feedIds: readonly number[] }

type Poll = { readonly at: Instant; readonly turn: number; readonly feedId: number }

/**
 * The last recorded poll is played at `clock`, the others as long before it as they were. A poll without a time is
 * played at `clock`, and a feed that was never recorded is asked once then, so that it is told as missing.
 */
export function replayRounds(
  feeds: readonly { readonly feedId: number; readonly polls: readonly (Instant | undefined)[] }[],
  clock: Instant,
): readonly ReplayRound[] {
  const last = feeds.reduce(
    (latest, { polls }) => polls.reduce<Instant>((found, at = 0) => Math.max(found, at), latest),
    0,
  )
  const polls = feeds.flatMap(({ feedId, polls: recorded }) =>
    (recorded.length === 0 ? [undefined] : recorded).map(
      (at, turn): Poll => ({ at: at === undefined ? clock : clock - (last - at), turn, feedId }),
    ),
  )
  return grouped(polls.toSorted((a, b) => a.at - b.at || a.turn - b.turn || a.feedId - b.feedId))
}

function grouped(polls: readonly Poll[]): readonly ReplayRound[] {
  const rounds: { at: Instant; turn: number; feedIds: number[] }[] = []
  for (const { at, turn, feedId } of polls) {
    const round = rounds.at(-1)
    if (round !== undefined && round.at === at && round.turn === turn) round.feedIds.push(feedId)
    else rounds.push({ at, turn, feedIds: [feedId] })
  }
  return rounds
}
