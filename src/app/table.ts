// Tables for a terminal, their columns measured as terminals show them.
import { isatty } from 'node:tty'
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

const gap = '  '
const cellMin = 20 // a time of day with its date

/** How wide a cell may be for a line to fit `room`: the first column is an id to be typed and stays whole. */
function fittingCell([first = 0, ...others]: readonly number[], room: number): number {
  const left = room - first - gap.length * others.length
  let cell = Math.max(cellMin, ...others)
  const needed = (most: number): number => others.reduce((sum, width) => sum + Math.min(width, most), 0)
  while (cell > cellMin && needed(cell) > left) cell--
  return needed(cell) > left ? Number.POSITIVE_INFINITY : cell // what does not fit anyway is not cut as well
}

function terminalColumns(): number {
  return isatty(1) ? process.stdout.columns : Number.POSITIVE_INFINITY
}

/**
 * A table with a header line; cells wider than `cellMax` columns are shortened, and on a terminal also wide ones where
 * that makes lines fit its `room`. Counts columns as terminals do, also in Arabic.
 */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  cellMax = 60,
  room = terminalColumns(),
): string {
  const lines = [header, ...rows].map((row) => row.map((cell) => shorten(printable(cell), cellMax)))
  const widths = header.map((_, column) => Math.max(...lines.map((line) => columnsOf(line[column] ?? ''))))
  const most = fittingCell(widths, room)
  const padded = (cell: string, column: number): string => {
    const width = column === 0 ? (widths[0] ?? 0) : Math.min(widths[column] ?? 0, most)
    return pad(shorten(cell, width), width)
  }
  return `${lines.map((line) => line.map(padded).join(gap).trimEnd()).join('\n')}\n`
}
