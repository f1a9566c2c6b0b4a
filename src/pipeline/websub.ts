// WebSub: what a hub may want of us, and when it is asked again. https://www.w3.org/TR/websub/
import type { Instant } from '../model/time.ts'

/** What the hub's question, the query of its GET to our callback, says. */
export type HubQuestion = {
  readonly mode: string
  readonly topic: string
  readonly challenge: string
  readonly leaseSeconds?: number
  readonly reason?: string
}

/** Our side of it. */
export type HubKnown = {
  readonly topic: string
  readonly isListed: boolean // do we still want the feed?
  readonly askedAt?: Instant
}

export type HubVerdict =
  | { readonly kind: 'confirm'; readonly leaseUntil: Instant; readonly renewAt: Instant }
  | { readonly kind: 'leave' } // it may stop: we do not list the feed any more
  | { readonly kind: 'denied'; readonly detail: string }
  | { readonly kind: 'refuse' } // 404: nothing we asked for

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const answerMs = dayMs // a hub that has not come back by then is asked anew
const usualLeaseMs = 10 * dayMs
const leaseMsMin = hourMs
const leaseMsMax = 90 * dayMs
const retryMsMax = 7 * dayMs

/** Whether we meant what the hub asks us to confirm: that very topic, and a request of the last day. */
export function answerHub(known: HubKnown, question: HubQuestion, now: Instant): HubVerdict {
  const { mode, topic, challenge, leaseSeconds, reason = '' } = question
  if (topic !== known.topic) return { kind: 'refuse' }
  if (mode === 'denied')
    return { kind: 'denied', detail: `denied by the hub ${reason}`.trimEnd().slice(0, 200) }
  if (challenge === '') return { kind: 'refuse' }
  if (mode === 'unsubscribe') return { kind: known.isListed ? 'refuse' : 'leave' }
  const isOurs = known.askedAt !== undefined && now - known.askedAt < answerMs
  if (mode !== 'subscribe' || !isOurs) return { kind: 'refuse' }
  const saidMs = leaseSeconds === undefined ? usualLeaseMs : leaseSeconds * 1_000
  const leaseMs = Math.min(Math.max(saidMs, leaseMsMin), leaseMsMax)
  return { kind: 'confirm', leaseUntil: now + leaseMs, renewAt: now + (leaseMs * 3) / 4 }
}

/** When a hub is asked again that accepted a request but has not come back to confirm it. */
export function unconfirmedTryAt(now: Instant): Instant {
  return now + answerMs
}

/** When a hub is asked again that failed or refused `failures` times in a row: an hour, doubling to a week. */
export function refusedTryAt(failures: number, now: Instant): Instant {
  return now + Math.min(hourMs * 2 ** Math.min(failures - 1, 20), retryMsMax)
}

/** The interval of a feed: while its hub pushes, a day at least. */
export function pushedIntervalMs(intervalMs: number, leaseUntil: Instant | undefined, now: Instant): number {
  return leaseUntil !== undefined && leaseUntil > now ? Math.max(intervalMs, dayMs) : intervalMs
}
