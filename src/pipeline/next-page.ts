// Whether the link of a page of a feed to the one before it is followed.
import type { Fetched } from '../model/outcome.ts'
import type { FeedSettings } from '../model/source.ts'

/** `end`: no link; `loop`: a page that was read already; `foreign-host`: somebody else's, or the same one without TLS. */
export type NextPage =
  | { readonly kind: 'page'; readonly url: string }
  | { readonly kind: 'end' | 'loop' | 'foreign-host' }

/** `seen` holds the addresses of the pages read so far. A page that was found on another host leads nowhere. */
export function nextPage(
  { url: home, headers = {} }: FeedSettings,
  { url: answered, feed }: Pick<Fetched, 'url' | 'feed'>,
  seen: ReadonlySet<string>,
): NextPage {
  if (feed.older === undefined) return { kind: 'end' }
  const own = new URL(home)
  const needsOrigin = Object.keys(headers).length > 0 // what opens one server is not shown to another
  const [from, to] = [new URL(answered), new URL(feed.older)]
  to.hash = ''
  if (![from, to].every((page) => isOwn(page, own, needsOrigin))) return { kind: 'foreign-host' }
  return seen.has(to.href) ? { kind: 'loop' } : { kind: 'page', url: to.href }
}

function isOwn(page: URL, own: URL, needsOrigin: boolean): boolean {
  if (page.origin === own.origin) return true
  const isUpgrade = own.protocol === 'http:' && page.protocol === 'https:' && page.port === own.port
  return !needsOrigin && isUpgrade && page.hostname === own.hostname
}
