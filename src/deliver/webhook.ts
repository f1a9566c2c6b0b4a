// Posts an edition to another program, signed so that it can tell us from anybody else.
import { createHmac } from 'node:crypto'
import type { Channel } from '../model/digest.ts'
import type { DeliveryOutcome } from '../model/outcome.ts'
import type { Instant } from '../model/time.ts'
import type { DeliveryMessage } from './message.ts'

type WebhookChannel = Extract<Channel, { kind: 'webhook' }>

export type HttpRequest = {
  readonly url: string
  readonly method: 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly timeoutMs: number
}
/** The guarded way out of the house; passed in. Resolves with any answer; rejects with an Error whose `code` tells why there was none. */
export type HttpSend = (request: HttpRequest) => Promise<{ readonly status: number }>

export type WebhookSettings = {
  readonly send: HttpSend
  readonly secret?: string // without one, requests go out unsigned
  readonly timeoutMs?: number // 30 s when absent
  readonly now?: () => Instant
}

// The connection was never made or never became safe, so the request cannot have arrived. Both error codes and the
// fetcher's own reasons are known here.
const NOT_ARRIVED =
  /^(?:ECONNREFUSED|ENOTFOUND|ENODATA|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|EPROTO|dns|connect|tls)$|^(?:ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/
const REFUSED_BY_US = new Set(['address-not-allowed', 'ERR_INVALID_URL'])

/** 2xx is sent; 408, 425, 429 and 5xx are temporary; every other answer is the receiver's last word. */
export async function deliverWebhook(
  message: DeliveryMessage,
  channel: WebhookChannel,
  settings: WebhookSettings,
): Promise<DeliveryOutcome> {
  const { send, timeoutMs = 30_000 } = settings
  const body = webhookBody(message)
  const headers = webhookHeaders(message.idempotencyKey, body, settings)
  try {
    return answered((await send({ url: channel.url, method: 'POST', headers, body, timeoutMs })).status)
  } catch (error) {
    return unanswered(error)
  }
}

function webhookBody({ digestId, digestName, number, day, subject, bodies }: DeliveryMessage): string {
  const edition: object = JSON.parse(bodies.json)
  const type = 'alert' in edition ? 'alert' : 'edition'
  return JSON.stringify({ type, digestId, digestName, number, day, subject, edition })
}

/** The headers of the Standard Webhooks specification, so that receivers can check them with existing libraries. */
function webhookHeaders(
  id: string,
  body: string,
  { secret, now = Date.now }: WebhookSettings,
): Record<string, string> {
  const timestamp = String(Math.floor(now() / 1000))
  const signature =
    secret === undefined ? {} : { 'webhook-signature': `v1,${webhookSignature(secret, id, timestamp, body)}` }
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    ...signature,
  }
}

/** HMAC-SHA256 in base64 over `id.timestamp.body`; a secret that starts with `whsec_` is base64 itself. */
function webhookSignature(secret: string, id: string, timestamp: string, body: string): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret)
  return createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
}

function answered(status: number): DeliveryOutcome {
  const detail = `HTTP ${status}`
  if (status >= 200 && status < 300) return { kind: 'sent', detail }
  const mayChange = status >= 500 || status === 408 || status === 425 || status === 429
  return { kind: mayChange ? 'temporary' : 'permanent', detail }
}

function unanswered(error: unknown): DeliveryOutcome {
  if (!(error instanceof Error)) throw error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === '') throw error
  if (REFUSED_BY_US.has(code)) return { kind: 'permanent', detail: code }
  return { kind: NOT_ARRIVED.test(code) ? 'temporary' : 'uncertain', detail: code }
}
