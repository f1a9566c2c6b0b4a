// Receives one response from a pool, its body up to a cap. Below undici's `request`, which opens a stream for every body: for a
// poll answered by 304 the stream is half of all that undici does.
import type { Dispatcher } from 'undici'
import { type Failure, failure } from './failure.ts'
import type { Headers } from './header.ts'
import type { WireResponse } from './transport.ts'

/** What undici or the network threw, and whether the response had begun by then. */
export type Broken = { readonly ok: false; readonly error: unknown; readonly duringBody: boolean }

// What is left of a refused body is read and dropped up to here.
const dumpedBytesMax = 16_384

type Ending = WireResponse | Failure | Broken

type Receipt = {
  status: number // 0 until the response begins
  headers: Headers
  size: number
  isTooLarge: boolean
  readonly chunks: Uint8Array[]
}

function isKept({ status }: Receipt): boolean {
  return status >= 200 && status <= 299
}

/** How many bytes of the body we take: those of a refusal only so that the connection can be used again. */
function bytesMaxOf(receipt: Receipt, bodyBytesMax: number): number {
  return isKept(receipt) ? bodyBytesMax : dumpedBytesMax
}

function whole({ status, headers, chunks, size }: Receipt): WireResponse {
  const [first = new Uint8Array(), second] = chunks
  return { ok: true, status, headers, bytes: second === undefined ? first : Buffer.concat(chunks, size) }
}

/** A refused body that ends too early is as good as a whole one: its status counts. */
function broken(receipt: Receipt, error: unknown): Ending {
  if (receipt.status !== 0 && !isKept(receipt)) return whole(receipt)
  if (receipt.isTooLarge) return failure('too-large', 'the body is larger than the limit')
  return { ok: false, error, duringBody: receipt.status !== 0 }
}

function handlerOf(
  signal: AbortSignal,
  bodyBytesMax: number,
  end: (ending: Ending) => void,
): Dispatcher.DispatchHandler {
  const receipt: Receipt = { status: 0, headers: {}, size: 0, isTooLarge: false, chunks: [] }
  let expire = (): void => {}
  const hangUp = (controller: Dispatcher.DispatchController): void => {
    receipt.isTooLarge = true
    controller.abort(new Error('enough was read'))
  }
  return {
    onRequestStart: (controller) => {
      expire = () => controller.abort(signal.reason)
      if (signal.aborted) expire()
      else signal.addEventListener('abort', expire, { once: true })
    },
    onResponseStart: (controller, status, headers) => {
      if (status < 200) return // the response itself is still to come
      Object.assign(receipt, { status, headers })
      if (Number(headers['content-length']) > bytesMaxOf(receipt, bodyBytesMax)) hangUp(controller)
    },
    onResponseData: (controller, chunk) => {
      receipt.size += chunk.length
      if (isKept(receipt)) receipt.chunks.push(chunk)
      else if (receipt.size > dumpedBytesMax) hangUp(controller)
    },
    onResponseEnd: () => {
      signal.removeEventListener('abort', expire)
      end(whole(receipt))
    },
    onResponseError: (_, error) => {
      signal.removeEventListener('abort', expire)
      end(broken(receipt, error))
    },
  }
}

/** Sends one request and waits for the whole response. Never rejects; `signal` is the deadline, `bodyBytesMax` counts bytes as sent. */
export function receive(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  signal: AbortSignal,
  bodyBytesMax: number,
): Promise<Ending> {
  return new Promise((resolve) => {
    dispatcher.dispatch(options, handlerOf(signal, bodyBytesMax, resolve))
  })
}
