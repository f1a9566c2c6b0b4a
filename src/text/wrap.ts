// Lines of a bounded width, as a terminal and a plain mail show them.
import { columnsOf } from './columns.ts'

const [ISOLATE, POP] = ['\u2068', '\u2069'] // U+2068 FIRST STRONG ISOLATE, U+2069 POP DIRECTIONAL ISOLATE

/** How far the first line and the others are indented, as the blanks and bullets themselves. */
export type Indent = { readonly first: string; readonly rest: string }

/**
 * Breaks at blanks to at most `columns`; a word that is longer, such as a link, keeps a line of its own and stays whole.
 * A bidi isolate that spans lines is closed and opened again at each break, since every line is laid out by itself.
 */
export function wrap(
  text: string,
  columns: number,
  { first, rest }: Indent = { first: '', rest: '' },
): string {
  const lines: string[] = []
  let line = first
  let width = columnsOf(first)
  let isEmpty = true
  let open = 0
  for (const word of text.split(/ +/).filter((one) => one !== '')) {
    const wordWidth = columnsOf(word)
    if (!isEmpty && width + 1 + wordWidth > columns) {
      lines.push(line + POP.repeat(open))
      line = rest + ISOLATE.repeat(open)
      width = columnsOf(rest)
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    width += isEmpty ? wordWidth : 1 + wordWidth
    isEmpty = false
    open = Math.max(0, open + word.split(ISOLATE).length - word.split(POP).length)
  }
  return [...lines, line].join('\n')
}
