// Many short texts on their way to another thread as one string, since what sending costs is not letters but pieces.

/** The texts one after the other, and how long each is in UTF-16 units. */
export type PackedTexts = { readonly texts: string; readonly lengths: Int32Array<ArrayBuffer> }

const ABSENT = -1

/** Takes texts, and numbers among them, to be read in the same order. */
export type TextPacker = {
  readonly add: (text: string | undefined) => void
  readonly addNumber: (number: number) => void
  readonly packed: () => PackedTexts
}

/** Takes nothing yet. */
export function createTextPacker(): TextPacker {
  const texts: string[] = []
  const lengths: number[] = []
  return {
    add: (text) => {
      if (text !== undefined) texts.push(text)
      lengths.push(text?.length ?? ABSENT)
    },
    addNumber: (number) => void lengths.push(number),
    packed: () => ({ texts: texts.join(''), lengths: Int32Array.from(lengths) }),
  }
}

export type TextReader = {
  readonly isAtEnd: () => boolean
  readonly next: () => string | undefined
  readonly nextNumber: () => number
}

/** Reads what a packer took, in the same order. */
export function createTextReader({ texts, lengths }: PackedTexts): TextReader {
  let [at, from] = [0, 0]
  const nextNumber = (): number => lengths[at++] ?? ABSENT
  return {
    isAtEnd: () => at >= lengths.length,
    next: () => {
      const length = nextNumber()
      if (length === ABSENT) return undefined
      from += length
      return texts.slice(from - length, from)
    },
    nextNumber,
  }
}
