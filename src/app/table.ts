// Tables for a terminal, their columns measured as terminals show them.
import { columnsOf } from '../text/columns.ts'
import { printable } from './terminal.ts'

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)))
}

/** The text, cut to so many columns with an ellipsis where it is wider. */
export function shorten(text: string, width: number): string {
  if (columnsOf(text) <= width) return text
  let kept = ''
  for (const char of text) {
    if (columnsOf(kept + char) > width - 1) return `${kept}…`
    kept += char
  }
  return kept
}

/** A table with a header line; cells wider than `cellMax` columns are shortened. Counts columns as terminals do, also in Arabic. */
export function table(header: readonly string[], rows: readonly (readonly string[])[], cellMax = 60): string {
  const lines = [header, ...rows].map((row) => row.map((cell) => shorten(printable(cell), cellMax)))
  const widths = header.map((_, column) => Math.max(...lines.map((line) => columnsOf(line[column] ?? ''))))
  return `${lines
    .map((line) =>
      line
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')}\n`
}
