// Pushes instead of polls: asks hubs that feeds name, answers their questions, and takes what they send.
import type { Fetcher } from '../fetch/index.ts'
import type { Job } from '../model/job.ts'
import type { Instant } from '../model/time.ts'
import { answerHub, type HubQuestion, refusedTryAt, unconfirmedTryAt } from '../pipeline/websub.ts'
import type { Store, Subscription } from '../store/index.ts'

export type WebsubDeps = {
  readonly store: Store
  readonly request: Fetcher['request'] // the guarded way out, as for feeds
  readonly callbackUrl: string // public; a token is added for each feed
  readonly now: () => Instant
  readonly randomHex: (bytes: number) => string
}

const perRoundMax = 20
const tokenBytes = 16
const secretBytes = 32

/** Asks the hubs that are due, one after the other, and ends leases that have run out: those feeds are polled at once. */
export async function askHubs(deps: WebsubDeps): Promise<void> {
  const { store, callbackUrl, now } = deps
  store.feeds.makeDue(store.subscriptions.lapse(now()))
  for (const subscription of store.subscriptions.due(now(), callbackUrl, perRoundMax))
    await ask(deps, subscription)
}

async function ask(deps: WebsubDeps, subscription: Subscription): Promise<void> {
  const { store, callbackUrl, now, randomHex, request } = deps
  const { feedId, hub, topic, settings, leaseUntil } = subscription
  const token = subscription.token ?? randomHex(tokenBytes)
  const secret = subscription.secret ?? randomHex(secretBytes)
  const callback = `${callbackUrl}/${token}`
  // Before the request: a hub may come back with its question before it has answered.
  const kept = { feedId, ...(leaseUntil === undefined ? {} : { leaseUntil }) }
  store.subscriptions.settle(feedId, { callback, token, secret })
  store.subscriptions.update({
    ...kept,
    askedAt: now(),
    failures: subscription.failures,
    nextTryAt: unconfirmedTryAt(now()),
  })
  const form = { 'hub.mode': 'subscribe', 'hub.topic': topic, 'hub.callback': callback, 'hub.secret': secret }
  const answer = await request({
    url: hub,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    allowPrivate: settings.allowPrivate ?? false,
  })
  if (answer.ok && answer.status >= 200 && answer.status < 300) return
  const failures = subscription.failures + 1
  const detail = answer.ok ? `the hub answered HTTP ${answer.status}` : answer.detail
  store.subscriptions.update({ ...kept, failures, nextTryAt: refusedTryAt(failures, now()), detail })
}

/** What to send back to a hub that asks whether we meant it; undefined: 404. */
export function answerQuestion(deps: WebsubDeps, token: string, query: URLSearchParams): string | undefined {
  const { store, now } = deps
  const subscription = store.subscriptions.findByToken(token)
  if (subscription === undefined) return undefined
  const { feedId } = subscription
  const question = questionOf(query)
  const verdict = answerHub(subscription, question, now())
  switch (verdict.kind) {
    case 'refuse':
      return undefined
    case 'leave':
      store.subscriptions.withdraw(feedId)
      return question.challenge
    case 'denied': {
      const failures = subscription.failures + 1
      const nextTryAt = refusedTryAt(failures, now())
      store.subscriptions.update({ feedId, failures, nextTryAt, detail: verdict.detail })
      store.feeds.makeDue([feedId])
      return ''
    }
    case 'confirm':
      store.subscriptions.update({
        feedId,
        leaseUntil: verdict.leaseUntil,
        nextTryAt: verdict.renewAt,
        failures: 0,
      })
      return question.challenge
  }
}

function questionOf(query: URLSearchParams): HubQuestion {
  const text = (name: string): string => query.get(`hub.${name}`) ?? ''
  const leaseSeconds = /^\d{1,9}$/.test(text('lease_seconds')) ? Number(text('lease_seconds')) : undefined
  return {
    mode: text('mode'),
    topic: text('topic'),
    challenge: text('challenge'),
    reason: text('reason'),
    ...(leaseSeconds === undefined ? {} : { leaseSeconds }),
  }
}

/** The subscription that a push belongs to, when it comes while its lease runs. */
export function subscriptionOf({ store, now }: WebsubDeps, token: string): Subscription | undefined {
  const subscription = store.subscriptions.findByToken(token)
  const { leaseUntil = 0, isListed = false } = subscription ?? {}
  return isListed && leaseUntil > now() ? subscription : undefined
}

/** The job that keeps what a push brought. */
export function pushJob(feedId: number, outcome: Extract<Job, { name: 'ingest' }>['outcome']): Job {
  return {
    name: 'ingest',
    id: `push-${feedId}-${outcome.kind === 'fetched' ? outcome.bodyHash.slice(0, 16) : outcome.at}`,
    feedId,
    outcome,
  }
}
