// The body of a push as the outcome of a fetch: what a hub sends is a feed, or the newest part of one.
import { hash } from 'node:crypto'
import type { FetchOutcome } from '../model/outcome.ts'
import type { FeedSettings } from '../model/source.ts'
import type { Instant } from '../model/time.ts'
import { firstHeader, type Headers, joinedHeader } from './header.ts'
import { inflate } from './inflate.ts'
import { type ReadingLimits, readAnswer } from './read-answer.ts'

export type Push = { readonly headers: Headers; readonly body: Uint8Array; readonly at: Instant }

/** Undefined when it is no feed, or too large a one. Its entries count; of the feed's state it says nothing. */
export async function readPush(
  { headers, body, at }: Push,
  settings: FeedSettings,
  limits: ReadingLimits,
): Promise<FetchOutcome | undefined> {
  const inflated = inflate(body, joinedHeader(headers, 'content-encoding'), limits.bodyBytesMax)
  if (!inflated.ok) return undefined
  const { bytes } = inflated
  const { url } = settings
  const type = firstHeader(headers, 'content-type')
  const answer = {
    ok: true,
    status: 200,
    url,
    headers: type === undefined ? {} : { 'content-type': type },
    bytes,
    redirects: [],
  } as const
  const reading = await readAnswer(answer, at, limits, settings)
  if (!reading.ok) return undefined
  return {
    kind: 'fetched',
    at,
    durationMs: 0,
    url,
    pace: {},
    status: 200,
    validators: {},
    bodyHash: hash('sha256', bytes, 'hex'),
    bytes: bytes.length,
    aside: 'push',
    feed: reading.feed,
  }
}
