// Turns the configuration into what the handlers work with.
import { createHash } from 'node:crypto'
import type { Desk } from '../jobs/index.ts'
import type { Config } from './config.ts'

/** Names what editions are composed with: topics, watchlists, digests and what is said of sources. Feed addresses are no part of it. */
function hashOf({ settings, sources, topics, watchlists, digests }: Config): string {
  const linksLanguages = settings.stories.acrossLanguages
  const labels = sources.map(({ feeds: _, ...label }) => label)
  return createHash('sha256')
    .update(
      JSON.stringify({ labels, topics, watchlists, digests, ...(linksLanguages && { linksLanguages }) }),
    )
    .digest('hex')
    .slice(0, 16)
}

/** The desk of a configuration. */
export function deskOf(config: Config): Desk {
  const { sources, topics, watchlists, digests, alerts } = config
  return {
    sources: new Map(sources.map((source) => [source.id, source])),
    topics,
    get compiled() {
      return config.compiled // not before an article has to be tagged
    },
    watchlists,
    digests,
    alerts,
    linksLanguages: config.settings.stories.acrossLanguages,
    configHash: hashOf(config),
  }
}
