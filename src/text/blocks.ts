// Short lists cut from one block of memory after another. A typed array with memory of its own takes half a microsecond to make and to
// collect, twenty times as long as a view into a block, and a report needs some thirty of them.

const BLOCK_BYTES = 65_536
const ALIGNMENT = 8 // a list of any kind may follow

let block = new ArrayBuffer(BLOCK_BYTES)
let used = 0

/** So many integers, all 0. Any of them keeps its whole block alive, so they are for what lasts no longer than a step. */
export function blockIntegers(length: number): Int32Array<ArrayBuffer> {
  const from = take(length * Int32Array.BYTES_PER_ELEMENT)
  return new Int32Array(block, from, length)
}

/** The same for integers of 16 bits. */
export function blockHalves(length: number): Uint16Array<ArrayBuffer> {
  const from = take(length * Uint16Array.BYTES_PER_ELEMENT)
  return new Uint16Array(block, from, length)
}

/** The same for bytes. */
export function blockBytes(length: number): Uint8Array<ArrayBuffer> {
  const from = take(length)
  return new Uint8Array(block, from, length)
}

/** The same for fractions. */
export function blockFractions(length: number): Float64Array<ArrayBuffer> {
  const from = take(length * Float64Array.BYTES_PER_ELEMENT)
  return new Float64Array(block, from, length)
}

// Where so many bytes begin in `block`, which is replaced when it is full.
function take(bytes: number): number {
  if (used + bytes > block.byteLength) {
    block = new ArrayBuffer(Math.max(BLOCK_BYTES, bytes))
    used = 0
  }
  const from = used
  used = Math.ceil((used + bytes) / ALIGNMENT) * ALIGNMENT
  return from
}
