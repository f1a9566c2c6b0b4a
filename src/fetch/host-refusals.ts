// Remembers that a host asked everybody to wait, so that feeds already in the queue do not ask it again.
import type { FetchOutcome, RateLimited } from '../model/outcome.ts'
import type { Instant } from '../model/time.ts'

type Refusal = { readonly status: number; readonly until: Instant; readonly saidUntil: boolean }

export type HostRefusals = {
  /** The answer that stands for the host at `at`, given to `url` without asking. */
  readonly standing: (host: string, url: string, at: Instant) => RateLimited | undefined
  readonly note: (host: string, outcome: FetchOutcome) => void
}

// For a host that did not say how long: enough for the feeds of this host that are waiting their turn.
const unsaidMs = 60_000

export function hostRefusals(): HostRefusals {
  const refusals = new Map<string, Refusal>()
  return {
    standing: (host, url, at) => {
      const refusal = refusals.get(host)
      if (refusal === undefined) return undefined
      if (refusal.until > at) return answerOf(refusal, url, at)
      refusals.delete(host)
      return undefined
    },
    note: (host, outcome) => {
      if (outcome.kind !== 'rate-limited') return
      const { retryAfterMs } = outcome.pace
      const until = outcome.at + (retryAfterMs ?? unsaidMs)
      refusals.set(host, { status: outcome.status, until, saidUntil: retryAfterMs !== undefined })
    },
  }
}

function answerOf({ status, until, saidUntil }: Refusal, url: string, at: Instant): RateLimited {
  const pace = saidUntil ? { retryAfterMs: until - at } : {}
  return { kind: 'rate-limited', status, at, durationMs: 0, url, pace }
}
