// Receives one response through a proxy's pool. Below undici's `request`, which opens a stream for every body.
import type { Dispatcher } from 'undici'
import {
  addToReceipt,
  beginReceipt,
  brokenResponse,
  type Ending,
  newReceipt,
  wholeResponse,
} from './receipt.ts'

function handlerOf(
  signal: AbortSignal,
  bodyBytesMax: number,
  end: (ending: Ending) => void,
): Dispatcher.DispatchHandler {
  const receipt = newReceipt()
  let expire = (): void => {}
  const hangUp = (controller: Dispatcher.DispatchController): void =>
    controller.abort(new Error('enough was read'))
  return {
    onRequestStart: (controller) => {
      expire = () => controller.abort(signal.reason)
      if (signal.aborted) expire()
      else signal.addEventListener('abort', expire, { once: true })
    },
    onResponseStart: (controller, status, headers) => {
      if (status < 200) return // the response itself is still to come
      if (!beginReceipt(receipt, status, headers, bodyBytesMax)) hangUp(controller)
    },
    onResponseData: (controller, piece) => {
      if (!addToReceipt(receipt, piece, bodyBytesMax)) hangUp(controller)
    },
    onResponseEnd: () => {
      signal.removeEventListener('abort', expire)
      end(wholeResponse(receipt))
    },
    onResponseError: (_, error) => {
      signal.removeEventListener('abort', expire)
      end(brokenResponse(receipt, error))
    },
  }
}

/** Sends one request and waits for the whole response. Never rejects; `signal` is the deadline, `bodyBytesMax` counts bytes as sent. */
export function receiveProxied(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  signal: AbortSignal,
  bodyBytesMax: number,
): Promise<Ending> {
  return new Promise((resolve) => {
    dispatcher.dispatch(options, handlerOf(signal, bodyBytesMax, resolve))
  })
}
