// Turns the configuration into what the handlers work with.
import { createHash } from 'node:crypto'
import type { Desk } from '../jobs/index.ts'
import type { Config } from './config.ts'

/** The desk of a configuration; its hash names exactly what editions were composed with. */
export function deskOf(config: Config): Desk {
  const { sources, topics, compiled, watchlists, digests } = config
  const configHash = createHash('sha256')
    .update(JSON.stringify({ sources, topics, watchlists, digests }))
    .digest('hex')
    .slice(0, 16)
  return {
    sources: new Map(sources.map((source) => [source.id, source])),
    topics,
    compiled,
    watchlists,
    digests,
    configHash,
  }
}
