// One line of foreign text, safe to show: what a reader cannot see is gone, what a script needs stays.
import type { TextRange } from '../model/digest.ts'

// In order: line breaks and runs of blanks; controls and invisible characters; lone surrogates; and joiners that stand
// where they join nothing. Persian needs the non-joiner after a letter and emoji need the joiner, so those two stay there.
const SPACES = /[\p{White_Space}\u0000-\u001f\u007f-\u009f]+/uy
const UNSEEN =
  '(?![\\u0600-\\u0605\\u06dd\\u08e2])[\\p{Cf}\\p{Cs}\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u3164\\ufe00-\\ufe0f\\uffa0\\u{e0100}-\\u{e01ef}]'
const INVISIBLE = new RegExp(UNSEEN, 'uy')
const BLANK_TO_END = new RegExp(`^(?:[\\p{White_Space}\\u0000-\\u001f\\u007f-\\u009f]|${UNSEEN})*$`, 'u')
const JOINED_TO =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Sinhala}\p{M}\p{Extended_Pictographic}\u20e3]$/u
const NEEDED = new Set(['\u200c', '\u200d', '\ufe0e', '\ufe0f'])
// Nearly every headline holds nothing of all that, and is told by one look; the non-joiner of Persian stands between letters.
const MAYBE_ODD = /[^\p{L}\p{N}\p{P}\p{S} \u200c]|(?<!\p{Script=Arabic})\u200c| {2}|^ | $/u

type Piece = { readonly start: number; readonly end: number; readonly by: string }

/** `text` without line breaks, control, bidi and invisible characters; blanks become one space each, none at the ends. */
export function displayLine(text: string): string {
  return displayMarkedLine(text, []).text
}

/** The same for a text with marked ranges, which move with their words; ranges that became empty are dropped. */
export function displayMarkedLine(
  text: string,
  marks: readonly TextRange[],
): { readonly text: string; readonly marks: readonly TextRange[] } {
  const pieces = MAYBE_ODD.test(text) ? oddPieces(text) : []
  let shown = ''
  let at = 0
  for (const { start, end, by } of pieces) {
    shown += text.slice(at, start) + by
    at = end
  }
  shown += text.slice(at)
  const moved = marks.map(({ start, end }) => ({ start: place(start, pieces), end: place(end, pieces) }))
  return { text: shown, marks: moved.filter(({ start, end }) => start < end) }
}

function oddPieces(text: string): Piece[] {
  const pieces: Piece[] = []
  for (let at = 0; at < text.length; ) {
    const piece = oddPieceAt(text, at, pieces)
    if (piece) pieces.push(piece)
    at = piece?.end ?? at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1)
  }
  return pieces
}

function oddPieceAt(text: string, at: number, before: readonly Piece[]): Piece | undefined {
  SPACES.lastIndex = at
  const spaces = SPACES.exec(text)?.[0]
  if (spaces !== undefined) return spacePiece(text, at, at + spaces.length, before)
  INVISIBLE.lastIndex = at
  const invisible = INVISIBLE.exec(text)?.[0]
  if (invisible === undefined) return undefined
  if (NEEDED.has(invisible) && JOINED_TO.test(shownBefore(text, at, before))) return undefined
  return { start: at, end: at + invisible.length, by: '' }
}

/** The character that a reader sees before this place: what was taken out in between joins nothing. */
function shownBefore(text: string, at: number, before: readonly Piece[]): string {
  let from = at
  let last = before.length - 1
  while (last >= 0 && before[last]?.end === from && before[last]?.by === '') from = before[last--]?.start ?? 0
  return before[last]?.end === from ? (before[last]?.by ?? '') : text.slice(Math.max(0, from - 2), from)
}

/** Blanks vanish at both ends of the line, and beside blanks that only a removed character kept apart. */
function spacePiece(text: string, start: number, end: number, before: readonly Piece[]): Piece | undefined {
  let from = start
  let last = before.length - 1
  while (last >= 0 && before[last]?.end === from && before[last]?.by === '') from = before[last--]?.start ?? 0
  const followsBlank = from === 0 || before[last]?.end === from || /\s/.test(text.charAt(from - 1))
  const by = followsBlank || isBlankFrom(text, end) ? '' : ' '
  return by === text.slice(start, end) ? undefined : { start, end, by }
}

function isBlankFrom(text: string, at: number): boolean {
  return BLANK_TO_END.test(text.slice(at))
}

function place(offset: number, pieces: readonly Piece[]): number {
  let moved = offset
  for (const { start, end, by } of pieces) {
    if (start >= offset) break
    moved += Math.min(by.length, offset - start) - (Math.min(end, offset) - start)
  }
  return moved
}
