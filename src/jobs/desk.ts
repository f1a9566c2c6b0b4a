// The current configuration as the handlers see it. It is swapped as a whole, so that no job sees half of a change.
import type { Digest } from '../model/digest.ts'
import type { Source } from '../model/source.ts'
import type { Topic, Watchlist } from '../model/topic.ts'
import type { CompiledWatchlist } from '../pipeline/tag.ts'

export type Desk = {
  readonly sources: ReadonlyMap<string, Source>
  readonly topics: readonly Topic[]
  readonly compiled: CompiledWatchlist
  readonly watchlists: readonly Watchlist[]
  readonly digests: readonly Digest[]
  readonly configHash: string
}

/** The topics of a watchlist, in its order. */
export function topicsOf(desk: Desk, watchlistId: string): readonly Topic[] {
  const ids = desk.watchlists.find((watchlist) => watchlist.id === watchlistId)?.topics ?? []
  return ids.flatMap((id) => desk.topics.filter((topic) => topic.id === id))
}
