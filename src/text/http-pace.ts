// When a server would like to be asked again, as its response headers say it.
import type { Instant } from '../model/time.ts'
import { parseHttpDate } from './http-date.ts'

/** The headers that speak of time, as received; list headers joined by commas. */
export type PaceHeaders = {
  readonly cacheControl?: string | undefined
  readonly age?: string | undefined
  readonly expires?: string | undefined
  readonly date?: string | undefined
  readonly retryAfter?: string | undefined
}

/**
 * How long the response stays fresh, in milliseconds (RFC 9111 section 4.2): max-age less Age, else Expires less Date.
 * Undefined when the server says nothing usable, or that nothing may be kept: then the configured interval holds.
 */
export function freshForMs(headers: PaceHeaders, now: Instant): number | undefined {
  if (headers.cacheControl === undefined && headers.expires === undefined) return undefined
  const directives = directivesOf(headers.cacheControl ?? '')
  if (directives.has('no-cache') || directives.has('no-store')) return undefined
  const maxAge = directives.get('max-age')
  const lifetimeMs = maxAge === undefined ? expiresInMs(headers, now) : maxAge * 1000
  if (lifetimeMs === undefined) return undefined
  const remainingMs = lifetimeMs - (secondsOf(headers.age ?? '') ?? 0) * 1000
  return remainingMs > 0 ? remainingMs : undefined
}

/**
 * Retry-After in milliseconds from now (RFC 9110 section 10.2.3); undefined when absent, past or garbage. A date is
 * measured on the server's own clock where it tells us the time.
 */
export function retryAfterMs(headers: PaceHeaders, now: Instant): number | undefined {
  if (headers.retryAfter === undefined) return undefined
  const text = headers.retryAfter.trim()
  const seconds = secondsOf(text)
  if (seconds !== undefined) return seconds > 0 ? seconds * 1000 : undefined
  const at = parseHttpDate(text, now)
  if (at === undefined) return undefined
  const waitMs = at - (parseHttpDate(headers.date ?? '', now) ?? now)
  return waitMs > 0 ? waitMs : undefined
}

function expiresInMs(headers: PaceHeaders, now: Instant): number | undefined {
  const expires = parseHttpDate(headers.expires ?? '', now)
  return expires === undefined ? undefined : expires - (parseHttpDate(headers.date ?? '', now) ?? now)
}

// Names are case-insensitive; the first max-age that is a number counts; blanks around "=" and quotes are forgiven.
function directivesOf(cacheControl: string): ReadonlyMap<string, number | undefined> {
  const directives = new Map<string, number | undefined>()
  for (const directive of cacheControl.split(',')) {
    const [name = '', value = ''] = directive.split('=', 2).map((part) => part.trim().toLowerCase())
    const seconds = secondsOf(value.replace(/^"(.*)"$/, '$1'))
    if (directives.get(name) === undefined) directives.set(name, seconds)
  }
  return directives
}

// Delta-seconds: digits only; RFC 9111 section 1.2.2 lets us cap what overflows.
function secondsOf(text: string): number | undefined {
  return /^\d+$/.test(text.trim()) ? Math.min(Number(text), 2 ** 31) : undefined
}
