// The body of an answer as a feed: charset found, then parsed.
import { setImmediate as pause } from 'node:timers/promises'
import type { NormalisedFeed } from '../model/item.ts'
import type { FeedSettings } from '../model/source.ts'
import type { Instant } from '../model/time.ts'
import { readFeed } from '../pipeline/parse.ts'
import type { ParseCaps } from '../pipeline/parse-caps.ts'
import { decodeBody } from './decode.ts'
import { type Failure, failure } from './failure.ts'
import { firstHeader } from './header.ts'
import type { Answer } from './refusal.ts'

/** How much of a body is read. */
export type ReadingLimits = {
  readonly bodyBytesMax: number // decompressed
  readonly caps?: Partial<ParseCaps> // instead of the usual ones
  readonly onTurn?: () => void // told whenever the reading of this body begins or goes on after a pause
}

/** Unpacking, hashing and decoding take some 20 ms each for ten megabytes: others get their turn in between. */
const pausedBytesMin = 1_048_576

/** Lets other work run after a step over a large body; small ones go on at once. */
export async function pauseAfter(bytes: Uint8Array): Promise<void> {
  if (bytes.length >= pausedBytesMin) await pause()
}

type Reading = Pick<FeedSettings, 'engine' | 'customFields' | 'fallbackCharset' | 'timeZone' | 'language'>

/** The text comes along when the body could be read but is no feed. */
export async function readAnswer(
  answer: Answer,
  fetchedAt: Instant,
  { bodyBytesMax: bytesMax, caps, onTurn }: ReadingLimits,
  { engine, customFields, fallbackCharset, timeZone, language }: Reading = {},
): Promise<{ readonly ok: true; readonly feed: NormalisedFeed } | (Failure & { readonly text?: string })> {
  onTurn?.()
  const contentType = firstHeader(answer.headers, 'content-type')
  const body = decodeBody(answer.bytes, {
    bytesMax,
    ...(contentType === undefined ? {} : { contentType }),
    ...(fallbackCharset === undefined ? {} : { fallbackCharset }),
  })
  if (!body.ok) return failure(body.reason, body.detail)
  await pauseAfter(answer.bytes)
  onTurn?.()
  const read = await readFeed(body.text, {
    url: answer.url,
    fetchedAt,
    pause: async () => {
      await pause()
      onTurn?.()
    },
    ...(caps === undefined ? {} : { caps }),
    ...(engine === undefined ? {} : { engine }),
    ...(customFields === undefined ? {} : { customFields }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(language === undefined ? {} : { language }),
  })
  return read.ok ? read : { ...failure('not-a-feed', read.detail), text: body.text }
}
