// The body of an answer, read as a feed: here, or wherever the bodies of this fetcher are read.
import type { FeedSettings } from '../model/source.ts'
import type { Instant } from '../model/time.ts'
import type { ParseCaps } from '../pipeline/parse-caps.ts'
import { firstHeader } from './header.ts'
import { type Body, type BodyReading, type ReadBody, readBody as readHere } from './read-body.ts'
import type { Answer } from './refusal.ts'

/** How much of a body is read, and by whom. */
export type ReadingLimits = {
  readonly bodyBytesMax: number // decompressed
  readonly caps?: Partial<ParseCaps> // instead of the usual ones
  readonly onTurn?: () => void // told whenever the reading of this body begins or goes on after a pause
  readonly readBody?: ReadBody // instead of reading it in this thread
}

type Reading = Pick<FeedSettings, 'engine' | 'customFields' | 'fallbackCharset' | 'timeZone' | 'language'> &
  Pick<Body, 'isFirst' | 'recognition'>

/** The text comes along when the body was read here and is no feed. */
export function readAnswer(
  answer: Pick<Answer, 'bytes' | 'headers' | 'url'>,
  fetchedAt: Instant,
  { bodyBytesMax: bytesMax, caps, onTurn, readBody = readHere }: ReadingLimits,
  { engine, customFields, fallbackCharset, timeZone, language, isFirst, recognition }: Reading = {},
): Promise<BodyReading> {
  const { bytes, headers, url } = answer
  const contentType = firstHeader(headers, 'content-type')
  const body = {
    bytes,
    url,
    fetchedAt,
    bytesMax,
    ...(contentType === undefined ? {} : { contentType }),
    ...(caps === undefined ? {} : { caps }),
    ...(engine === undefined ? {} : { engine }),
    ...(customFields === undefined ? {} : { customFields }),
    ...(fallbackCharset === undefined ? {} : { fallbackCharset }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(language === undefined ? {} : { language }),
    ...(isFirst === undefined ? {} : { isFirst }),
    ...(recognition === undefined ? {} : { recognition }),
  }
  return readBody(body, onTurn)
}
