// What a status that brings no feed means.
import type { Failed, FailureReason, Fetched, FetchOutcome } from '../model/outcome.ts'
import type { Exchange } from './exchange.ts'

export type Answer = Extract<Exchange, { ok: true }>
export type Attempt = Pick<Fetched, 'at' | 'durationMs' | 'url' | 'pace'>

/** Undefined for 304 and for a 2xx that carries a whole body; every other status is an outcome of its own. */
export function refusal(answer: Answer, attempt: Attempt): FetchOutcome | undefined {
  const { status } = answer
  if (status === 304 || (status >= 200 && status <= 203) || status === 226) return undefined
  if (status === 410 && isItsOwn(answer)) return { ...attempt, kind: 'gone', status }
  if (status === 429 || (status === 503 && attempt.pace.retryAfterMs !== undefined)) {
    return { ...attempt, kind: 'rate-limited', status }
  }
  return failed(answer, attempt)
}

// Behind a temporary redirect it is the other URL that is gone, today.
function isItsOwn(answer: Answer): boolean {
  return answer.redirects.every((step) => step.permanent)
}

function failed(answer: Answer, attempt: Attempt): Failed {
  const { status, headers } = answer
  // Cloudflare says so when it put a challenge for browsers in the feed's place.
  if (headers['cf-mitigated'] !== undefined) {
    return {
      ...attempt,
      kind: 'failed',
      reason: 'not-a-feed',
      detail: 'a challenge page for browsers',
      status,
    }
  }
  return { ...attempt, kind: 'failed', reason: reasonOf(status), detail: `HTTP ${status}`, status }
}

function reasonOf(status: number): FailureReason {
  if (status === 401 || status === 403) return 'forbidden'
  if (status === 404) return 'not-found'
  return status === 204 || status === 205 ? 'empty-body' : 'http-status'
}
