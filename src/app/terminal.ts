// What people see in a terminal: tables, a progress bar, times. Plain text when it is not a terminal.
import stringWidth from 'string-width'

/** Text of feeds may hold control characters; none reaches the terminal. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ')
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)))
}

function shorten(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  let kept = ''
  for (const char of text) {
    if (stringWidth(kept + char) > width - 1) return `${kept}…`
    kept += char
  }
  return kept
}

/** A table with a header line; cells wider than `cellMax` columns are shortened. Counts columns as terminals do, also in Arabic. */
export function table(header: readonly string[], rows: readonly (readonly string[])[], cellMax = 60): string {
  const lines = [header, ...rows].map((row) => row.map((cell) => shorten(printable(cell), cellMax)))
  const widths = header.map((_, column) => Math.max(...lines.map((line) => stringWidth(line[column] ?? ''))))
  return `${lines
    .map((line) =>
      line
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')}\n`
}

/** `2020-01-24 05:00 UTC`; a dash for nothing. */
export function shortTime(at: number | undefined): string {
  return at === undefined ? '-' : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** Prints a value as JSON, indented, for `--json`. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

/** `step` counts one thing done, or `by` of them. */
export type Progress = {
  readonly step: (label: string, by?: number) => void
  readonly end: () => void
}

/** A bar on stderr in a terminal; elsewhere one plain line every five seconds. */
export function startProgress(title: string, total: number): Progress {
  const isTerminal = process.stderr.isTTY === true
  let done = 0
  let saidAt = performance.now()
  const draw = (label: string): void => {
    const filled = total === 0 ? 20 : Math.round((done / total) * 20)
    process.stderr.write(
      `\r\u001b[K${title} ${'█'.repeat(filled)}${'░'.repeat(20 - filled)} ${done}/${total} ${shorten(printable(label), 40)}`,
    )
  }
  return {
    step: (label, by = 1) => {
      done += by
      if (isTerminal) return draw(label)
      if (performance.now() - saidAt < 5000) return
      saidAt = performance.now()
      process.stderr.write(`${title}: ${done} of ${total}\n`)
    },
    end: () => {
      if (isTerminal) process.stderr.write('\r\u001b[K')
    },
  }
}
