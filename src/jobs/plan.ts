// What is due now: feeds claimed with a lease, digests whose slot has come, alerts with news, deliveries whose time has come.
import type { Digest } from '../model/digest.ts'
import type { Job } from '../model/job.ts'
import type { Instant } from '../model/time.ts'
import { dueSlot } from '../pipeline/due-slot.ts'
import type { FeedSchedule } from '../pipeline/schedule.ts'
import { asksWhole } from '../pipeline/schedule-trust.ts'
import { refusedScope } from '../pipeline/shared-host.ts'
import { type FeedRow, type Store, toFeedRef } from '../store/index.ts'
import { alertJobs } from './alert-jobs.ts'
import type { Desk } from './desk.ts'

/** How long a claimed feed is nobody else's: longer than any fetch, short enough that a crash costs little. */
const leaseMs = 5 * 60_000
/** Feeds claimed at one tick: the backlog stays bounded, the rest is due at the next one. */
const feedsPerPlanMax = 2_000
/** When a host has more feeds due than it may be asked for, these are due again after one tick, the next as many after two. */
const hostPauseMs = 15_000
const deliveriesPerPlanMax = 100

function digestJobs(store: Store, digests: readonly Digest[], now: Instant): readonly Job[] {
  return digests.flatMap((digest) => {
    const covered = store.editions.coveredUntil(digest.id)
    const slot = covered === undefined ? undefined : dueSlot(digest, covered, now)
    if (slot === undefined) return []
    return [
      {
        name: 'digest',
        id: `digest-${digest.id}-${slot}`,
        digestId: digest.id,
        until: new Date(slot).toISOString(),
      } as const,
    ]
  })
}

/** Jobs for deliveries that are due: fresh ones and those waiting for another try. */
export function deliveryJobs(store: Store, now: Instant): readonly Job[] {
  return store.deliveries
    .due(now, deliveriesPerPlanMax)
    .map((id) => ({ name: 'deliver', id: `deliver-${id}`, deliveryId: id }) as const)
}

/** A feed that fell silent is asked once without validators, and one whose 304s were wrong goes without them for a while. */
function fetchJob(feed: FeedRow, now: Instant): Job {
  const ref = toFeedRef(feed)
  const isWhole = asksWhole(feed.schedule as FeedSchedule, now) // written by pipeline/schedule.ts alone
  return { name: 'fetch', id: `fetch-${feed.id}`, feed: isWhole ? { ...ref, validators: {} } : ref }
}

/** How many feeds one plan may claim, or which; and how many of one host. Whatever is due when absent. */
export type PlanLimits = { readonly feeds: number | readonly number[]; readonly perHost: number }

const unlimited: PlanLimits = { feeds: feedsPerPlanMax, perHost: Number.POSITIVE_INFINITY }

function claim(store: Store, now: Instant, feeds: PlanLimits['feeds']): readonly FeedRow[] {
  return store.feeds.claimDue(
    now,
    leaseMs,
    typeof feeds === 'number' ? Math.min(feeds, feedsPerPlanMax) : feeds,
  )
}

/**
 * Jobs for feeds that are due, claimed: a crashed fetch is due again when its lease ends. Feeds that were refused, and those of a host that asked everybody to wait, wait.
 * The hosts take turns, so that one with a thousand feeds does not stand before the others.
 */
export function fetchJobs(store: Store, now: Instant, limits: PlanLimits = unlimited): readonly Job[] {
  const pausedUntil = store.feeds.pauses(now)
  const asked = new Map<string, number>()
  const chosen: { readonly feed: FeedRow; readonly turn: number }[] = []
  for (const feed of claim(store, now, limits.feeds)) {
    const { host } = new URL(feed.url)
    const turn = asked.get(host) ?? 0
    asked.set(host, turn + 1)
    const until = pausedUntil.get(refusedScope(feed))
    const waits = until !== undefined || turn >= limits.perHost
    if (waits) store.feeds.postpone(feed.id, until ?? now + Math.floor(turn / limits.perHost) * hostPauseMs)
    else chosen.push({ feed, turn })
  }
  return chosen.toSorted((a, b) => a.turn - b.turn).map(({ feed }) => fetchJob(feed, now))
}

/** Everything that is due at `now`. Safe to call from two schedulers: leases and unique keys decide. */
export function plan(store: Store, desk: Desk, now: Instant, limits?: PlanLimits): readonly Job[] {
  store.deliveries.settleAbandoned(now)
  return [
    ...fetchJobs(store, now, limits),
    ...digestJobs(store, desk.digests, now),
    ...alertJobs(store, desk.alerts, now),
    ...deliveryJobs(store, now),
  ]
}
