// Which feeds push instead of being polled, as agreed with their hubs (WebSub).
import type { FeedSettings } from '../model/source.ts'
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'
import { withoutNulls } from './row.ts'

/** What is known of one feed's hub. `token` and `secret` are made when the hub is asked first and stay. */
export type Subscription = {
  readonly feedId: number
  readonly hub: string
  readonly topic: string
  readonly settings: FeedSettings
  readonly isListed: boolean // is the feed still in sources.yaml?
  readonly token?: string
  readonly secret?: string
  readonly askedAt?: Instant
  readonly leaseUntil?: Instant
  readonly failures: number
}

/** What changed with a request to the hub, or with its answer. */
export type SubscriptionUpdate = Pick<Subscription, 'feedId' | 'askedAt' | 'leaseUntil' | 'failures'> & {
  readonly nextTryAt: Instant
  readonly detail?: string
}

const select = `select n.feed_id as feedId, n.hub, n.topic, n.token, n.secret, n.asked_at as askedAt,
    n.lease_until as leaseUntil, n.failures, f.settings, f.active
  from subscription n join feed f on f.id = n.feed_id`

function toSubscription(row: unknown): Subscription {
  type Raw = Omit<Subscription, 'settings' | 'isListed'> & {
    readonly settings: string
    readonly active: 0 | 1
  }
  const { settings, active, ...rest } = withoutNulls<Raw>(row)
  return { ...rest, settings: JSON.parse(settings), isListed: active === 1 }
}

function createOffers(db: Db) {
  const offer = db.prepare(`insert into subscription (feed_id, hub, topic) values (@feedId, @hub, @topic)
    on conflict (feed_id) do update set hub = excluded.hub, topic = excluded.topic, callback = null, token = null,
      secret = null, asked_at = null, lease_until = null, next_try_at = 0, failures = 0, detail = null
    where (hub, topic) is not (excluded.hub, excluded.topic)`)
  const withdraw = db.prepare('delete from subscription where feed_id = ?')
  return {
    /** A feed names a hub. Another hub or topic than before is begun anew. */
    offer: (feedId: number, hub: string, topic: string): void => void offer.run({ feedId, hub, topic }),
    /** A feed names no hub any more. */
    withdraw: (feedId: number): void => void withdraw.run(feedId),
  }
}

/** The subscriptions' part of the store. */
export function createSubscriptionStore(db: Db) {
  const due = db.prepare(`${select} where f.active = 1 and f.gone_at is null
      and (n.next_try_at <= @now or n.callback is not @callback || '/' || n.token) order by n.next_try_at limit @limit`)
  const byToken = db.prepare(`${select} where n.token = ?`)
  const name = db.prepare(
    'update subscription set callback = @callback, token = @token, secret = @secret where feed_id = @feedId',
  )
  const update =
    db.prepare(`update subscription set asked_at = @askedAt, lease_until = @leaseUntil, failures = @failures,
      next_try_at = @nextTryAt, detail = @detail where feed_id = @feedId`)
  const lease = db.prepare('select lease_until from subscription where feed_id = ?').pluck()
  const lapse = db.prepare(
    'update subscription set lease_until = null where lease_until <= ? returning feed_id as feedId',
  )
  return {
    ...createOffers(db),
    /** Those to ask for at `now`: never asked, to be renewed, to be tried again, or asked under another callback. */
    due: (now: Instant, callback: string, limit: number): readonly Subscription[] =>
      due.all({ now, callback, limit }).map(toSubscription),
    findByToken: (token: string): Subscription | undefined => {
      const row = byToken.get(token)
      return row === undefined ? undefined : toSubscription(row)
    },
    /** Settles where the hub is asked to push to, and what it signs with. */
    settle: (
      feedId: number,
      keys: { readonly callback: string; readonly token: string; readonly secret: string },
    ): void => void name.run({ feedId, ...keys }),
    update: ({ feedId, askedAt, leaseUntil, failures, nextTryAt, detail }: SubscriptionUpdate): void =>
      void update.run({
        feedId,
        failures,
        nextTryAt: Math.round(nextTryAt),
        askedAt: askedAt ?? null,
        leaseUntil: leaseUntil ?? null,
        detail: detail ?? null,
      }),
    /** Until when the hub has promised to push; undefined for a feed that is polled. */
    leaseOf: (feedId: number): Instant | undefined =>
      (lease.get(feedId) as Instant | null | undefined) ?? undefined, // an integer column
    /** Ends the leases that have run out; returns their feeds. */
    lapse: (now: Instant): readonly number[] =>
      (lapse.all(now) as readonly { readonly feedId: number }[]).map(({ feedId }) => feedId), // the column named above
  }
}
