// Where a redirect leads, and whether we go there.
import { type Failure, failure } from './failure.ts'
import { firstHeader, type Headers } from './header.ts'
import { type Target, targetOf } from './target.ts'

/** One step on the way: from which URL, to which, and whether the server meant it for good. */
export type Redirect = { readonly from: string; readonly to: string; readonly permanent: boolean }

type NextHop = { readonly ok: true; readonly target: Target; readonly redirect: Redirect }

const redirectsMax = 5
const statuses = new Set([301, 302, 303, 307, 308])

export function isRedirect(status: number): boolean {
  return statuses.has(status)
}

/** `trail` holds the redirects already followed; `from` is the URL that answered `status` with `headers`. */
export function nextHop(
  from: Target,
  status: number,
  headers: Headers,
  trail: readonly Redirect[],
  allowDowngrade: boolean,
): NextHop | Failure {
  const location = firstHeader(headers, 'location')
  if (location === undefined || location.trim() === '')
    return failure('bad-redirect', 'a redirect without Location')
  const target = targetOf(asUtf8(location), from.url)
  if (target === undefined)
    return failure('bad-redirect', 'a redirect to something that is not http or https')
  if (target.url === from.url || trail.some((step) => step.from === target.url)) {
    return failure('bad-redirect', 'a redirect loop')
  }
  if (trail.length >= redirectsMax) return failure('bad-redirect', `more than ${redirectsMax} redirects`)
  if (isDowngrade(from.url, target.url) && !allowDowngrade) {
    return failure('bad-redirect', 'a redirect from https to http')
  }
  const permanent = status === 301 || status === 308
  return { ok: true, target, redirect: { from: from.url, to: target.url, permanent } }
}

/** The URL to keep from now on: only when every step was permanent and none fell back to http. */
export function movedTo(trail: readonly Redirect[]): string | undefined {
  const forGood = trail.every((step) => step.permanent && !isDowngrade(step.from, step.to))
  return forGood ? trail.at(-1)?.to : undefined
}

function isDowngrade(from: string, to: string): boolean {
  return from.startsWith('https:') && to.startsWith('http:')
}

// Headers arrive as latin-1; a Location with raw bytes beyond ASCII means UTF-8.
function asUtf8(location: string): string {
  return Buffer.from(location, 'latin1').toString('utf8')
}
