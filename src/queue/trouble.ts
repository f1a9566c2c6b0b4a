// Troubles that belong to no single job, such as a lost connection, told at most once a minute for each origin.
import { errorLine } from './error-line.ts'

export type Trouble = {
  readonly from: 'redis' | 'worker'
  readonly error: string // one line, without secrets
  readonly suppressed: number // troubles from the same origin that were not told since the last one
}

const quietMs = 60_000

/**
 * BullMQ repeats an error with every command it tries: 2,117 in six seconds were measured with a full Redis. `nowMs` is
 * any clock that runs forward.
 */
export function createTroubleTeller(
  onTrouble: (trouble: Trouble) => void,
  nowMs: () => number = () => performance.now(),
): (from: Trouble['from'], error: unknown) => void {
  const last = new Map<Trouble['from'], { toldAt: number; suppressed: number }>()
  return (from, error) => {
    const before = last.get(from)
    if (before !== undefined && nowMs() - before.toldAt < quietMs) {
      before.suppressed++
      return
    }
    last.set(from, { toldAt: nowMs(), suppressed: 0 })
    onTrouble({ from, error: errorLine(error), suppressed: before?.suppressed ?? 0 })
  }
}
