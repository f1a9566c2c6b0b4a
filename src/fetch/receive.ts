// Receives the response to one request of Node's HTTP client, its body up to a cap.
import type { ClientRequest, IncomingMessage } from 'node:http'
import { errorCode, errorWithCode } from './error-code.ts'
import { headersOf } from './header.ts'
import {
  addToReceipt,
  beginReceipt,
  brokenResponse,
  type Ending,
  isBroken,
  newReceipt,
  wholeResponse,
} from './receipt.ts'

/** Waits for the whole response. Never rejects; `signal` is the deadline, `bodyBytesMax` counts bytes as sent. */
export function receive(outgoing: ClientRequest, signal: AbortSignal, bodyBytesMax: number): Promise<Ending> {
  return new Promise((resolve) => {
    const receipt = newReceipt()
    let response: IncomingMessage | undefined

    function end(ending: Ending): void {
      signal.removeEventListener('abort', expire)
      resolve(ending) // the first counts
    }

    function giveUp(error: unknown): void {
      end(brokenResponse(receipt, error))
      outgoing.destroy()
    }

    function expire(): void {
      giveUp(signal.reason)
    }

    /** What comes behind a whole response, which may still be on its way to us, spoils the connection alone. */
    function lose(error: Error): void {
      if (response?.complete !== true) end(droppedOr(brokenResponse(receipt, error), outgoing))
    }

    outgoing.on('response', (begun) => {
      response = begun
      const headers = headersOf(begun.rawHeaders)
      begun.on('data', (piece: Buffer) => {
        if (!addToReceipt(receipt, piece, bodyBytesMax)) giveUp(undefined)
      })
      begun.on('end', () => end(wholeResponse(receipt)))
      if (!beginReceipt(receipt, begun.statusCode ?? 0, headers, bodyBytesMax)) giveUp(undefined)
    })
    outgoing.on('timeout', () =>
      giveUp(errorWithCode(response === undefined ? 'answer-timeout' : 'body-timeout')),
    )
    outgoing.on('error', lose)
    outgoing.on('close', () => lose(errorWithCode('ECONNRESET')))
    if (signal.aborted) expire()
    else signal.addEventListener('abort', expire, { once: true })
  })
}

/** A server may drop a connection that waited just when it is used. */
function droppedOr(ending: Ending, { reusedSocket }: ClientRequest): Ending {
  if (!reusedSocket || !isBroken(ending) || ending.duringBody) return ending
  const code = errorCode(ending.error)
  return code === 'ECONNRESET' || code === 'EPIPE' ? { ...ending, isDropped: true } : ending
}
