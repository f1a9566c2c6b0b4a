// Posts an edition to another program, signed so that it can tell us from anybody else.
import { createHmac } from 'node:crypto'
import type { Channel } from '../model/digest.ts'
import type { DeliveryOutcome } from '../model/outcome.ts'
import type { Instant } from '../model/time.ts'
import { type HttpSend, posted } from './http-answer.ts'
import type { DeliveryMessage } from './message.ts'

type WebhookChannel = Extract<Channel, { kind: 'webhook' }>

export type WebhookSettings = {
  readonly send: HttpSend
  readonly secret?: string // without one, requests go out unsigned
  readonly timeoutMs?: number // 30 s when absent
  readonly now?: () => Instant
}

/** 2xx is sent; 408, 425, 429 and 5xx are temporary; every other answer is the receiver's last word. */
export async function deliverWebhook(
  message: DeliveryMessage,
  channel: WebhookChannel,
  settings: WebhookSettings,
): Promise<DeliveryOutcome> {
  const { send, timeoutMs = 30_000 } = settings
  const body = webhookBody(message)
  const headers = webhookHeaders(message.idempotencyKey, body, settings)
  return posted(send, { url: channel.url, method: 'POST', headers, body, timeoutMs })
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
