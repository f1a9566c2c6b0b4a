// One request and its response on the wire: the shape that the network and a recording share.
import type { Failure } from './failure.ts'
import type { Headers } from './header.ts'
import type { Target } from './target.ts'

/** A proxy on the way; `authorization` is for it alone. */
export type ProxyWay = { readonly url: string; readonly authorization?: string }

export type WireRequest = {
  readonly method: 'GET' | 'POST'
  readonly target: Target
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly allowPrivate: boolean
  readonly allowBadCertificate: boolean
  readonly proxy?: ProxyWay
  readonly signal: AbortSignal // the deadline of the whole exchange
}

export type WireResponse = {
  readonly ok: true
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array // as received, still compressed; empty unless the status is 2xx
}

/** Never rejects for what the network does. Two implementations: `wire.ts` and `replay.ts`. */
export type Transport = (request: WireRequest) => Promise<WireResponse | Failure>
