// The limits of presslark.yaml as the reader of feeds knows them.
import type { FetcherSettings } from '../fetch/index.ts'
import type { Config } from './config.ts'

/** How much of a feed is read, whether it was fetched or pushed. */
export function readingLimits({
  settings: { limits },
}: Pick<Config, 'settings'>): Required<Pick<FetcherSettings, 'bodyBytesMax' | 'caps'>> {
  return {
    bodyBytesMax: limits.body,
    caps: {
      itemsMax: limits.items,
      depthMax: limits.depth,
      attributesMax: limits.attributes,
      categoriesMax: limits.categories,
      titleLengthMax: limits.title,
      contentLengthMax: limits.content,
    },
  }
}
