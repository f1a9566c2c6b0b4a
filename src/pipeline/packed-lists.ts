// Long lists of numbers as one run of bytes, so that an index of a hundred thousand reports is written and read in one go.

/** What can be packed. Bytes are in the order of the machine: such a run is read where it was written. */
export type NumberList = Int32Array | Float64Array | Uint16Array | Uint8Array

const ALIGNED = 8

/** Lists behind each other, each with its length in bytes before it. A list may come in several parts, as it stands in a ring. */
export function packLists(lists: readonly (readonly NumberList[])[]): Uint8Array {
  const lengths = lists.map((parts) => parts.reduce((sum, { byteLength }) => sum + byteLength, 0))
  const packed = new Uint8Array(lengths.reduce((sum, length) => sum + ALIGNED + alignedLength(length), 0))
  const heads = new Float64Array(packed.buffer)
  let begin = 0
  for (const [index, parts] of lists.entries()) {
    const length = lengths[index] ?? 0
    heads[begin / ALIGNED] = length
    let at = begin + ALIGNED
    for (const { buffer, byteOffset, byteLength } of parts) {
      packed.set(new Uint8Array(buffer, byteOffset, byteLength), at)
      at += byteLength
    }
    begin += ALIGNED + alignedLength(length)
  }
  return packed
}

/** Hands out the lists in the order in which they were packed, as views: whoever changes one makes a copy. */
export type PackedReader = {
  readonly integers: () => Int32Array
  readonly fractions: () => Float64Array
  readonly halves: () => Uint16Array
  readonly bytes: () => Uint8Array
}

/** Reads what `packLists` wrote. Throws a RangeError where it ends too early. */
export function readPacked(packed: Uint8Array): PackedReader {
  const { buffer, byteOffset } = packed.byteOffset % ALIGNED === 0 ? packed : new Uint8Array(packed)
  let begin = byteOffset
  const next = (bytesEach: number): readonly [ArrayBufferLike, number, number] => {
    const [length = 0] = new Float64Array(buffer, begin, 1)
    const from = begin + ALIGNED
    begin = from + alignedLength(length)
    return [buffer, from, length / bytesEach]
  }
  return {
    integers: () => new Int32Array(...next(Int32Array.BYTES_PER_ELEMENT)),
    fractions: () => new Float64Array(...next(Float64Array.BYTES_PER_ELEMENT)),
    halves: () => new Uint16Array(...next(Uint16Array.BYTES_PER_ELEMENT)),
    bytes: () => new Uint8Array(...next(Uint8Array.BYTES_PER_ELEMENT)),
  }
}

const alignedLength = (bytes: number) => Math.ceil(bytes / ALIGNED) * ALIGNED
