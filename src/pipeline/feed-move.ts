// When a permanent redirect is believed, so that a login portal in front of us for an hour moves no feed.
import type { FetchOutcome } from '../model/outcome.ts'
import type { FeedSettings } from '../model/source.ts'
import type { Instant } from '../model/time.ts'

/** A feed as the store knew it before this fetch; `movedTo` is where its last fetches led, since `movedSince`. */
export type MovingFeed = {
  readonly url: string
  readonly settings: FeedSettings
  readonly movedTo?: string
  readonly movedSince?: Instant
}

const believedAfterMs = 24 * 3_600_000

/**
 * The address to keep from now on; undefined while the move is not believed. It is believed when a fetch that brought
 * the feed led there a day or more after the first that did, and none between led elsewhere (RFC 9110 section 15.4.2
 * lets us keep it at once; portals and misconfigured servers do not deserve that). `opensPrivate` says that private
 * addresses are open to every feed.
 */
export function believedMove(
  feed: MovingFeed,
  outcome: FetchOutcome,
  opensPrivate = false,
): string | undefined {
  const to = 'movedTo' in outcome ? outcome.movedTo : undefined
  if (to === undefined || to !== feed.movedTo || feed.movedSince === undefined) return undefined
  if (outcome.at - feed.movedSince < believedAfterMs) return undefined
  return keptAddress(feed, to, opensPrivate)
}

function keptAddress(feed: MovingFeed, to: string, opensPrivate: boolean): string | undefined {
  const [old, next] = [URL.parse(feed.url), URL.parse(to)]
  if (old === null || next === null || feed.url === to) return undefined
  if (old.protocol === 'https:' && next.protocol !== 'https:') return undefined
  // Where the gate to private addresses or bad certificates stands open nobody has judged the new host.
  if (opensPrivate || feed.settings.allowPrivate === true || feed.settings.allowBadCertificate === true)
    if (old.hostname !== next.hostname) return undefined
  if (!holdsSecrets(feed.settings, old)) return to
  if (old.origin !== next.origin) return undefined // what opens one server is not shown to another
  next.username = old.username
  next.password = old.password
  return old.username === '' && old.password === '' ? to : next.href
}

function holdsSecrets(settings: FeedSettings, { username, password }: URL): boolean {
  return username !== '' || password !== '' || Object.keys(settings.headers ?? {}).length > 0
}
