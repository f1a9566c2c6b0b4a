// Long lists of numbers as runs of bytes and back, so that an index of a hundred thousand reports is written and read in one go, and
// never stands in memory twice.

/** What can be packed. Bytes are in the order of the machine: such a list is read where it was written. */
export type NumberList = Int32Array | Float64Array | Uint16Array | Uint8Array

/** A list in several parts, as it stands in a ring. A part may be made when it is asked for, in memory that the next one takes over. */
export type PackedList = { readonly byteLength: number; readonly parts: Iterable<NumberList> }

/** A list that stands in memory, in one part or several. */
export function listOf(...parts: readonly NumberList[]): PackedList {
  return { byteLength: parts.reduce((sum, { byteLength }) => sum + byteLength, 0), parts }
}

/**
 * The lists behind each other, each with its length in bytes before it. The runs are the memory of the lists themselves: use each
 * before you ask for the next, and change no list meanwhile.
 */
export function* packLists(lists: Iterable<PackedList>): Generator<Uint8Array> {
  for (const { byteLength, parts } of lists) {
    yield bytesOf(Float64Array.of(byteLength))
    for (const part of parts) yield bytesOf(part)
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: NumberList): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** Hands out the lists in the order in which they were packed, each in memory of its own. Throws a RangeError where the runs end too early. */
export type PackedReader = {
  readonly integers: () => Int32Array
  readonly fractions: () => Float64Array
  readonly halves: () => Uint16Array
  readonly bytes: () => Uint8Array
}

/** Reads what `packLists` wrote, cut into whatever runs it was kept in. */
export function readPacked(runs: Iterable<Uint8Array>): PackedReader {
  const take = taking(runs)
  const next = (): ArrayBuffer => {
    const [byteLength = 0] = new Float64Array(take(Float64Array.BYTES_PER_ELEMENT))
    return take(byteLength)
  }
  return {
    integers: () => new Int32Array(next()),
    fractions: () => new Float64Array(next()),
    halves: () => new Uint16Array(next()),
    bytes: () => new Uint8Array(next()),
  }
}

/** Returns the function that takes so many bytes from the runs. */
function taking(runs: Iterable<Uint8Array>): (byteLength: number) => ArrayBuffer {
  const iterator = runs[Symbol.iterator]()
  let rest: Uint8Array = new Uint8Array()
  return (byteLength) => {
    const taken = new Uint8Array(byteLength)
    for (let filled = 0; filled < byteLength; ) {
      if (rest.length === 0) rest = nextOf(iterator)
      const some = rest.subarray(0, byteLength - filled)
      taken.set(some, filled)
      filled += some.length
      rest = rest.subarray(some.length)
    }
    return taken.buffer
  }
}

function nextOf(iterator: Iterator<Uint8Array>): Uint8Array {
  const { done, value } = iterator.next()
  if (done === true) throw new RangeError('the packed lists end too early')
  return value
}
