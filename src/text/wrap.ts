// Lines of a bounded width, as a terminal and a plain mail show them.
import stringWidth from 'string-width'

/** How far the first line and the others are indented, as the blanks and bullets themselves. */
export type Indent = { readonly first: string; readonly rest: string }

/** Breaks at blanks to at most `columns`; a word that is longer, such as a link, keeps a line of its own and stays whole. */
export function wrap(
  text: string,
  columns: number,
  { first, rest }: Indent = { first: '', rest: '' },
): string {
  const lines: string[] = []
  let line = first
  let isEmpty = true
  for (const word of text.split(/ +/).filter((one) => one !== '')) {
    if (!isEmpty && stringWidth(line) + 1 + stringWidth(word) > columns) {
      lines.push(line)
      line = rest
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return [...lines, line].join('\n')
}
