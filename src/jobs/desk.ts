// The current configuration as the handlers see it. It is swapped as a whole, so that no job sees half of a change.
import type { Alert } from '../model/alert.ts'
import type { Digest, TopicHeading } from '../model/digest.ts'
import type { Source } from '../model/source.ts'
import type { Topic, Watchlist } from '../model/topic.ts'
import type { CompiledWatchlist } from '../pipeline/tag.ts'

export type Desk = {
  readonly sources: ReadonlyMap<string, Source>
  readonly topics: readonly Topic[]
  readonly compiled: CompiledWatchlist
  readonly watchlists: readonly Watchlist[]
  readonly digests: readonly Digest[]
  readonly alerts: readonly Alert[]
  readonly linksLanguages?: boolean // are reports linked that tell of one event in different languages? not when absent
  readonly configHash: string
}

/** The topics of a watchlist, in its order. */
export function topicsOf(desk: Desk, watchlistId: string): readonly Topic[] {
  const ids = desk.watchlists.find((watchlist) => watchlist.id === watchlistId)?.topics ?? []
  return ids.flatMap((id) => desk.topics.filter((topic) => topic.id === id))
}

/** The topics of the given ids as an edition names them, in the order of the ids. */
export function headingsOf({ topics }: Desk, ids: readonly string[]): readonly TopicHeading[] {
  return ids.flatMap((id) =>
    topics
      .filter((topic) => topic.id === id)
      .map(({ name, group, weight }) => ({
        topicId: id,
        name,
        weight: weight ?? 1,
        ...(group === undefined ? {} : { group }),
      })),
  )
}

/** The digest or alert of that id, if the configuration still has it. */
export function orderOf({ digests, alerts }: Desk, id: string): Digest | Alert | undefined {
  return [...digests, ...alerts].find((order) => order.id === id)
}
