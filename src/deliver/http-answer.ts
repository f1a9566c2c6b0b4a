// What an HTTP answer, or none, means for a delivery.
import type { DeliveryOutcome } from '../model/outcome.ts'

export type HttpRequest = {
  readonly url: string
  readonly method: 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly timeoutMs: number
  readonly allowPrivate?: boolean // the server stands in the own network
}
/** The guarded way out of the house; passed in. Resolves with any answer; rejects with an Error whose `code` tells why there was none. */
export type HttpSend = (request: HttpRequest) => Promise<{ readonly status: number }>

// The connection was never made or never became safe, so the request cannot have arrived. Both error codes and the
// fetcher's own reasons are known here.
const NOT_ARRIVED =
  /^(?:ECONNREFUSED|ENOTFOUND|ENODATA|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|EPROTO|dns|connect|tls)$|^(?:ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/
const REFUSED_BY_US = new Set(['address-not-allowed', 'ERR_INVALID_URL'])

/** 2xx is sent; 408, 425, 429 and 5xx are temporary; every other answer is the receiver's last word. Never tells the address: it may be a secret. */
export async function posted(send: HttpSend, request: HttpRequest): Promise<DeliveryOutcome> {
  try {
    return answered((await send(request)).status)
  } catch (error) {
    return unanswered(error)
  }
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
