// The body of an answer as a feed: charset found, then parsed. Needs nothing but what it is given, so any thread can do it.
import { hash } from 'node:crypto'
import { setImmediate as pause } from 'node:timers/promises'
import type { KnownSeals, NormalisedFeed } from '../model/item.ts'
import type { FeedSettings } from '../model/source.ts'
import type { Instant } from '../model/time.ts'
import { readFeed } from '../pipeline/parse.ts'
import type { ParseCaps } from '../pipeline/parse-caps.ts'
import { decodeBody } from './decode.ts'
import { type Failure, failure } from './failure.ts'

type Settings = Pick<FeedSettings, 'engine' | 'customFields' | 'fallbackCharset' | 'timeZone' | 'language'>

/** By what the entries of a feed may be known again: who reads them, and what is known of them. */
export type Recognition = { readonly reader: string; readonly known?: KnownSeals }

/** A body with all that its reading depends on: plain data, which can be sent to another thread. */
export type Body = Settings & {
  readonly bytes: Uint8Array // decompressed
  readonly url: string // that answered
  readonly fetchedAt: Instant
  readonly bytesMax: number // once decompressed
  readonly contentType?: string // the HTTP header as received
  readonly caps?: Partial<ParseCaps> // instead of the usual ones
  readonly isFirst?: boolean // of its feed: whoever adds one feed often adds many
  readonly recognition?: Recognition // absent: every entry is read, and no seals are made
}

/** The text comes along when the body could be read but is no feed, and the reader was in this thread. */
export type BodyReading =
  | { readonly ok: true; readonly feed: NormalisedFeed }
  | (Failure & { readonly text?: string })

/** Reads a body; `onTurn` is told whenever the reading begins or goes on after a pause. Never rejects for what the body holds. */
export type ReadBody = (body: Body, onTurn?: () => void) => Promise<BodyReading>

/** Unpacking, hashing and decoding take some 20 ms each for ten megabytes: others get their turn in between. */
const pausedBytesMin = 1_048_576

/** Lets other work run after a step over a large body; small ones go on at once. */
export async function pauseAfter(bytes: Uint8Array): Promise<void> {
  if (bytes.length >= pausedBytesMin) await pause()
}

/** The built program that reads, as the name of a file that changes with any of its parts; undefined for sources. */
export const readingProgram = import.meta.url.endsWith('.ts') ? undefined : import.meta.url

/** Two entries of one feed have the same 72 bits by chance once in many million years. */
function sealOf(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 12)
}

/** Reads a body in this thread. */
export const readBody: ReadBody = async (
  { bytes, fallbackCharset, contentType, bytesMax, recognition, ...context },
  onTurn,
) => {
  onTurn?.()
  const body = decodeBody(bytes, {
    bytesMax,
    ...(contentType === undefined ? {} : { contentType }),
    ...(fallbackCharset === undefined ? {} : { fallbackCharset }),
  })
  if (!body.ok) return failure(body.reason, body.detail)
  await pauseAfter(bytes)
  onTurn?.()
  const read = await readFeed(body.text, {
    ...context,
    ...(recognition === undefined ? {} : { sealing: { ...recognition, digest: sealOf } }),
    pause: async () => {
      await pause()
      onTurn?.()
    },
  })
  return read.ok ? read : { ...failure('not-a-feed', read.detail), text: body.text }
}
