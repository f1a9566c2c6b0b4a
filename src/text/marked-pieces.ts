// A text cut at its marks.
import type { TextRange } from '../model/digest.ts'

export type MarkedPiece = { readonly text: string; readonly marked: boolean }

/** The pieces in order; joined they are the text. Marks are disjoint and in order; those beyond the text are cut off. */
export function markedPieces(text: string, marks: readonly TextRange[]): readonly MarkedPiece[] {
  const pieces: MarkedPiece[] = []
  let at = 0
  for (const { start, end } of marks) {
    if (start < at || start >= text.length) continue
    pieces.push(
      { text: text.slice(at, start), marked: false },
      { text: text.slice(start, end), marked: true },
    )
    at = end
  }
  pieces.push({ text: text.slice(at), marked: false })
  return pieces.filter((piece) => piece.text !== '')
}
