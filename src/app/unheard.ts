// Whether so few feeds were heard that a person has to look: one that fails of two hundred is no alarm, most of them are.
import type { FeedRow } from '../store/index.ts'

const heard: ReadonlySet<string | undefined> = new Set(['fetched', 'not-modified'])

/**
 * What to say when more than half of the feeds were not heard when they were last asked; undefined otherwise. The whole desk
 * counts and not the feeds of one round, in which only those may be due that keep failing.
 */
export function mostlyUnheard(feeds: readonly FeedRow[]): string | undefined {
  const asked = feeds.filter((feed) => feed.polledInstead === undefined && feed.lastOutcome !== undefined)
  const unheard = asked.filter((feed) => !heard.has(feed.lastOutcome)).length
  if (unheard * 2 <= asked.length) return undefined
  const which = unheard === asked.length ? 'no feed was' : `${unheard} of ${asked.length} feeds were not`
  return `${which} heard\n    presslark doctor says whether the network is there, presslark sources list how each feed is doing`
}
