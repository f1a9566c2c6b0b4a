// A progress bar on stderr; plain lines when it is not a terminal.
import { printable } from './terminal.ts'

/** `step` counts one thing done, or `by` of them. */
export type Progress = {
  readonly step: (label: string, by?: number) => void
  readonly end: () => void
}

/** A bar on stderr in a terminal; elsewhere one plain line every five seconds. */
export function startProgress(title: string, total: number): Progress {
  const isTerminal = process.stderr.isTTY === true
  let shorten = (_text: string, _width: number): string => ''
  if (isTerminal) void import('./table.ts').then((loaded) => (shorten = loaded.shorten)) // labels are shown once they can be measured
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
