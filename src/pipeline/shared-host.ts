// Hosts that carry feeds of many publishers, where a refusal of one feed says nothing of its neighbours.
import type { FeedSettings } from '../model/source.ts'

/** True for a feed on a private host, which is our own, and for one of a host that the configuration calls a bridge. */
export function sharesHost({ allowPrivate = false, isBridged = false }: FeedSettings): boolean {
  return allowPrivate || isBridged
}

/** What is left alone when this feed was refused: its host, or on a host that others share its own address. */
export function refusedScope({
  url,
  settings,
}: {
  readonly url: string
  readonly settings: FeedSettings
}): string {
  return sharesHost(settings) ? url : new URL(url).host
}
