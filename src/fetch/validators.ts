// HTTP validators: which are sent where, and which are kept afterwards.
import type { Validators } from '../model/outcome.ts'
import { firstHeader, type Headers } from './header.ts'

// What undici can put on the wire; a validator with anything else cannot have come from a response.
const sendable = /^[\t\x20-\x7e\x80-\xff]+$/

/** The conditional headers for a request to `url`: validators belong to the URL that sent them and go nowhere else. */
export function conditionalHeaders(
  validators: Validators,
  feedUrl: string,
  url: string,
): Record<string, string> {
  if ((validators.url ?? feedUrl) !== url) return {}
  const headers: Record<string, string> = {}
  if (isSendable(validators.etag)) headers['if-none-match'] = validators.etag
  if (isSendable(validators.lastModified)) headers['if-modified-since'] = validators.lastModified
  return headers
}

/** Those of a response, exactly as received; `url` answered, which may be another than the feed's own. */
export function validatorsOf(headers: Headers, feedUrl: string, url: string): Validators {
  const etag = firstHeader(headers, 'etag')
  const lastModified = firstHeader(headers, 'last-modified')
  return {
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
    ...(url === feedUrl || (etag === undefined && lastModified === undefined) ? {} : { url }),
  }
}

function isSendable(value: string | undefined): value is string {
  return value !== undefined && sendable.test(value)
}
