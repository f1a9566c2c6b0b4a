// Does pieces of work one after the other, and those together that wait at the same time and may be done together.
import { setImmediate as pause, setTimeout as wait } from 'node:timers/promises'

export type Grouping<T> = {
  /** Does one piece. */
  readonly one: (piece: T) => Promise<void>
  /** Does several at once; false when nothing of it was done and each is to be tried alone. */
  readonly all: (group: readonly T[]) => Promise<boolean>
  readonly mayJoin: (group: readonly T[], next: T) => boolean
  /** How long a group that has room waits for others; 0 when absent: only those join that come in the same turn. */
  readonly gatherMs?: number
}

type Waiting<T> = {
  readonly piece: T
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}

/**
 * Returns the function that does a piece, in the order of the calls. Its promise settles as the piece ends. Between two groups
 * timers and sockets get their turn.
 */
export function inGroups<T>(grouping: Grouping<T>): (piece: T) => Promise<void> {
  const line: Waiting<T>[] = []
  let isBusy = false
  async function work(): Promise<void> {
    isBusy = true
    while (line.length > 0) {
      await pause() // others that come in this turn join
      if (grouping.gatherMs && groupSize(line, grouping) === line.length) await wait(grouping.gatherMs)
      await settle(grouping, takeGroup(line, grouping))
    }
    isBusy = false
  }
  return (piece) =>
    new Promise((resolve, reject) => {
      line.push({ piece, resolve, reject })
      if (!isBusy) void work()
    })
}

function takeGroup<T>(line: Waiting<T>[], grouping: Grouping<T>): readonly Waiting<T>[] {
  return line.splice(0, groupSize(line, grouping))
}

/** How many of those that wait are done together next. */
function groupSize<T>(line: readonly Waiting<T>[], { mayJoin }: Grouping<T>): number {
  const pieces: T[] = []
  for (const { piece } of line) {
    if (pieces.length > 0 && !mayJoin(pieces, piece)) break
    pieces.push(piece)
  }
  return pieces.length
}

async function settle<T>({ one, all }: Grouping<T>, group: readonly Waiting<T>[]): Promise<void> {
  try {
    if (group.length > 1 && (await all(group.map(({ piece }) => piece)))) {
      for (const { resolve } of group) resolve()
      return
    }
  } catch (error) {
    for (const { reject } of group) reject(error)
    return
  }
  for (const { piece, resolve, reject } of group) await one(piece).then(resolve, reject)
}
