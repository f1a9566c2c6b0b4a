// Seals the entries of a document while it is scanned, and passes by those that are known.
//
// A sealed entry stood in the element that all entries stand in, was closed by its own tag, and the scanner found the end of everything
// it looked for: nothing behind its closing tag had a say in how it was read. So the same characters, met at such a point of
// the same surroundings, are the same entry, and the scanner may go on behind them.
import type { KnownEntry } from '../model/item.ts'
import type { XmlElement } from './parse-element.ts'
import type { Scope } from './parse-names.ts'
import type { DocumentSeals, Sealing } from './parse-seals.ts'

/** An element that is open around an entry, as far as what stands inside may depend on it. */
type Around = {
  readonly written: string // its name
  readonly isOpaque: boolean
  readonly element: XmlElement
  readonly scope: Scope
}

/** The sealing of one document, entry by entry. */
export type Sealer = {
  readonly source: string
  readonly sealing: Sealing
  readonly entries: (string | undefined)[]
  readonly known: Map<number, KnownEntry>
  first:
    | { readonly parent: Around; readonly channel: XmlElement | undefined; readonly surroundings: string }
    | undefined
  start: number // of the entry that is open
  isSound: boolean
  lengthLeft: number // characters that may still be looked through for the ends of entries
}

/** Nobody can make us look at every character more often than this, however many entries are left open. */
const LOOKS_MAX = 2

/** Nothing is sealed yet. */
export function startSealing(source: string, sealing: Sealing): Sealer {
  return {
    source,
    sealing,
    entries: [],
    known: new Map(),
    first: undefined,
    start: 0,
    isSound: true,
    lengthLeft: source.length * LOOKS_MAX,
  }
}

/** Notes where an entry begins and in what it stands, outermost first. One in another element than the first has surroundings of its own. */
export function noteEntry(
  sealer: Sealer,
  start: number,
  around: readonly Around[],
  root: XmlElement,
  channel: XmlElement | undefined,
): void {
  const parent = around.at(-1)
  sealer.start = start
  if (parent !== undefined)
    sealer.first ??= { parent, channel, surroundings: surroundingsOf(parent, around, root) }
  if (parent === undefined || sealer.first?.parent !== parent) sealer.isSound = false
}

/** All that the scanner knows when it comes to an entry. */
function surroundingsOf({ scope, element }: Around, around: readonly Around[], root: XmlElement): string {
  const names = around.map(({ written, isOpaque }) => [written, isOpaque])
  return JSON.stringify([names, [...scope.spaces], element.base, element.language, root.name.key])
}

/** The offset behind the entry that was noted, if it is a known one; it then stands at `place`. */
export function behindKnown(
  sealer: Sealer,
  place: number,
  name: string,
  innerStart: number,
): number | undefined {
  const { source, sealing, start } = sealer
  if (sealing.known === undefined || sealer.lengthLeft <= 0) return undefined
  const close = `</${name}>`
  const at = source.indexOf(close, innerStart)
  sealer.lengthLeft = at < 0 ? 0 : sealer.lengthLeft - (at - start)
  if (at < 0) return undefined
  const end = at + close.length
  const seal = sealing.digest(source.slice(start, end))
  const entry = sealing.known.entries.get(seal)
  if (entry === undefined) return undefined
  sealer.entries[place] = seal
  sealer.known.set(place, { ...entry, place })
  return end
}

/**
 * Seals the entry that its own tag closes at `start`: all inside it is closed already, so that it stands for itself. A closing tag with blanks
 * in it is never looked for.
 */
export function sealEntry(sealer: Sealer | undefined, place: number, start: number, name: string): void {
  if (sealer === undefined) return
  const { entries, sealing, source } = sealer
  entries[place] = sealing.digest(source.slice(sealer.start, start + `</${name}>`.length))
}

/**
 * What was sealed. `channel` is the one that was found in the end, which no entry may have brought; `isWhole`: the document was read without
 * a limit or a warning, and nothing that the scanner looked for was missing.
 */
export function endSealing(
  sealer: Sealer | undefined,
  channel: XmlElement | undefined,
  isWhole: boolean,
): { readonly seals?: DocumentSeals } {
  if (sealer === undefined) return {}
  const { entries, known, first, isSound } = sealer
  const hasOneChannel = first?.channel === channel
  const surroundings = first?.surroundings ?? ''
  return { seals: { entries, known, surroundings, isSound: isSound && isWhole && hasOneChannel } }
}
