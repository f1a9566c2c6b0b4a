// One attempt at one feed, from the request to the one way it ended.
import { hash } from 'node:crypto'
import type { NormalisedFeed } from '../model/item.ts'
import type { FeedRef } from '../model/job.ts'
import type { Fetched, FetchOutcome, NotModified, ResponsePace, Validators } from '../model/outcome.ts'
import type { FeedSettings } from '../model/source.ts'
import type { Instant } from '../model/time.ts'
import { undividedBytesMax } from '../pipeline/feed-entries.ts'
import { freshForMs, retryAfterMs } from '../text/http-pace.ts'
import { linkedAddress } from '../text/link-header.ts'
import { accessOf } from './access.ts'
import type { Exchange, ExchangeRequest } from './exchange.ts'
import { type Failure, failure } from './failure.ts'
import { firstHeader, type Headers, joinedHeader } from './header.ts'
import { type ReadingLimits, readAnswer } from './read-answer.ts'
import { type Body, pauseAfter, type Recognition } from './read-body.ts'
import { movedTo } from './redirect.ts'
import { type Answer, type Attempt, refusal } from './refusal.ts'
import type { Target } from './target.ts'
import { conditionalHeaders, validatorsOf } from './validators.ts'

/**
 * `home` is where the feed's own URL leads; `now` is asked once, when the request starts; `request` sends one guarded exchange. Never rejects for what the world
 * does. `recognise` is asked when there is a body to read. `url` of the outcome is the one that answered, without credentials.
 */
export async function fetchFeed(
  feed: FeedRef,
  home: Target,
  now: () => Instant,
  request: (request: ExchangeRequest) => Promise<Exchange>,
  limits: ReadingLimits,
  recognise: () => Recognition | undefined = () => undefined,
): Promise<FetchOutcome> {
  const at = now()
  const startedMs = performance.now()
  const answer = await request(requestFor(feed, home))
  const durationMs = Math.round(performance.now() - startedMs)
  const attempt = { at, durationMs, url: answer.url, pace: answer.ok ? paceOf(answer.headers, at) : {} }
  if (!answer.ok) return { ...attempt, ...failedAs(answer) }
  const refused = refusal(answer, attempt)
  if (refused !== undefined) return refused
  if (answer.status === 304) return notModified(feed, home, answer, attempt)
  await pauseAfter(answer.bytes)
  const bodyHash = hash('sha256', answer.bytes, 'hex')
  if (bodyHash === feed.bodyHash) return sameBody(home, answer, attempt)
  await pauseAfter(answer.bytes)
  const parsed = await readAnswer(answer, at, limits, {
    ...readingOf(feed),
    ...recognitionFor(answer, recognise),
  })
  if (!parsed.ok) return { ...attempt, ...failedAs({ ...parsed, status: answer.status }) }
  return fetched(home, answer, attempt, bodyHash, parsed.feed)
}

function requestFor(feed: FeedRef, home: Target): ExchangeRequest {
  const headersFor = (hop: string) => conditionalHeaders(feed.validators, home.url, hop)
  return { target: home, ...accessOf(feed.settings), headersFor }
}

// What the source says of its language counts where the feed's own setting says nothing.
function readingOf({ settings, language, bodyHash }: FeedRef): FeedSettings & Pick<Body, 'isFirst'> {
  const reading = { ...settings, isFirst: bodyHash === undefined }
  return language === undefined ? reading : { language, ...reading }
}

/** What is known of the entries of a body that travels whole. */
function recognitionFor(
  { bytes }: Answer,
  recognise: () => Recognition | undefined,
): Pick<Body, 'recognition'> {
  const recognition = bytes.length <= undividedBytesMax ? recognise() : undefined
  return recognition === undefined ? {} : { recognition }
}

function paceOf(headers: Headers, at: Instant): ResponsePace {
  const said = {
    cacheControl: joinedHeader(headers, 'cache-control'),
    age: firstHeader(headers, 'age'),
    expires: firstHeader(headers, 'expires'),
    date: firstHeader(headers, 'date'),
    retryAfter: firstHeader(headers, 'retry-after'),
  }
  const fresh = freshForMs(said, at)
  const retry = retryAfterMs(said, at)
  return {
    ...(fresh === undefined ? {} : { freshForMs: fresh }),
    ...(retry === undefined ? {} : { retryAfterMs: retry }),
  }
}

function failedAs({ reason, detail, status }: Failure & { readonly status?: number }) {
  return { kind: 'failed', reason, detail, ...(status === undefined ? {} : { status }) } as const
}

function moved(answer: Answer): { readonly movedTo?: string } {
  const url = movedTo(answer.redirects)
  return url === undefined ? {} : { movedTo: url }
}

// Headers that a 304 leaves out keep their old value (RFC 9111 section 4.3.4).
function notModified(feed: FeedRef, home: Target, answer: Answer, attempt: Attempt): FetchOutcome {
  const sent = conditionalHeaders(feed.validators, home.url, answer.url)
  if (Object.keys(sent).length === 0) {
    const detail = '304 although the request was unconditional'
    return { ...attempt, ...failedAs({ ...failure('unexpected-not-modified', detail), status: 304 }) }
  }
  const validators: Validators = {
    ...feed.validators,
    ...validatorsOf(answer.headers, home.url, answer.url),
  }
  return { ...attempt, kind: 'not-modified', because: 'status-304', validators, ...moved(answer) }
}

function sameBody(home: Target, answer: Answer, attempt: Attempt): NotModified {
  const validators = validatorsOf(answer.headers, home.url, answer.url)
  return { ...attempt, kind: 'not-modified', because: 'same-body', validators, ...moved(answer) }
}

/** What the response's own Link headers say stands before what the feed says (WebSub section 4). */
function withLinks(feed: NormalisedFeed, { headers, url }: Answer): NormalisedFeed {
  const link = joinedHeader(headers, 'link')
  if (link === undefined) return feed
  const [hub, selfUrl] = ['hub', 'self'].map((rel) => {
    const address = linkedAddress(link, rel)
    const found = address === undefined ? null : URL.parse(address, url)
    return found !== null && /^https?:$/.test(found.protocol) ? found.href : undefined
  })
  return {
    ...feed,
    ...(hub === undefined ? {} : { hub }),
    ...(selfUrl === undefined ? {} : { selfUrl }),
  }
}

function fetched(
  home: Target,
  answer: Answer,
  attempt: Attempt,
  bodyHash: string,
  parsed: NormalisedFeed,
): Fetched {
  const { status, bytes } = answer
  const validators = validatorsOf(answer.headers, home.url, answer.url)
  const size = bytes.length
  return {
    ...attempt,
    kind: 'fetched',
    status,
    validators,
    bodyHash,
    bytes: size,
    feed: withLinks(parsed, answer),
    ...moved(answer),
  }
}
