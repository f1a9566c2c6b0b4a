// What is taken of a response while it comes in: its body up to a cap, of a refusal only so much that the connection stays fit for use.
import { type Failure, failure } from './failure.ts'
import type { Headers } from './header.ts'
import type { WireResponse } from './transport.ts'

/**
 * What ended an exchange instead of a response: `duringBody` when that had begun; `isDropped` when a
 * connection that had waited was dropped as it was used.
 */
export type Broken = {
  readonly ok: false
  readonly error: unknown
  readonly duringBody: boolean
  readonly isDropped?: true
}

/** The one way in which an exchange on a connection ended. */
export type Ending = WireResponse | Failure | Broken

export function isBroken(ending: Ending): ending is Broken {
  return 'error' in ending
}

// What is left of a refused body is read and dropped up to here.
const dumpedBytesMax = 16_384

export type Receipt = {
  status: number // 0 until the response begins
  headers: Headers
  size: number
  isTooLarge: boolean
  readonly chunks: Uint8Array[]
}

export function newReceipt(): Receipt {
  return { status: 0, headers: {}, size: 0, isTooLarge: false, chunks: [] }
}

function isKept({ status }: Receipt): boolean {
  return status >= 200 && status <= 299
}

/** How many bytes of the body we take: those of a refusal only so that the connection can be used again. */
function bytesMaxOf(receipt: Receipt, bodyBytesMax: number): number {
  return isKept(receipt) ? bodyBytesMax : dumpedBytesMax
}

/** The response begins. False when it announces more than we take: hang up then. */
export function beginReceipt(
  receipt: Receipt,
  status: number,
  headers: Headers,
  bodyBytesMax: number,
): boolean {
  Object.assign(receipt, { status, headers })
  const announced = status === 304 ? 0 : Number(headers['content-length']) // of 304 it is the length of what does not come
  receipt.isTooLarge = announced > bytesMaxOf(receipt, bodyBytesMax)
  return !receipt.isTooLarge
}

/** A piece of the body. False when it is more than we take: hang up then. */
export function addToReceipt(receipt: Receipt, piece: Uint8Array, bodyBytesMax: number): boolean {
  receipt.size += piece.length
  receipt.isTooLarge = receipt.size > bytesMaxOf(receipt, bodyBytesMax)
  if (isKept(receipt) && !receipt.isTooLarge) receipt.chunks.push(piece)
  return !receipt.isTooLarge
}

/** The response, once nothing of it is missing. */
export function wholeResponse({ status, headers, chunks, size }: Receipt): WireResponse {
  const [first = new Uint8Array(), second] = chunks
  return { ok: true, status, headers, bytes: second === undefined ? first : Buffer.concat(chunks, size) }
}

/** What there is when no more comes. A refused body that ends too early is as good as a whole one: its status counts. */
export function brokenResponse(receipt: Receipt, error: unknown): Ending {
  if (receipt.status !== 0 && !isKept(receipt)) return wholeResponse({ ...receipt, chunks: [] })
  if (receipt.isTooLarge) return failure('too-large', 'the body is larger than the limit')
  return { ok: false, error, duringBody: receipt.status !== 0 }
}
