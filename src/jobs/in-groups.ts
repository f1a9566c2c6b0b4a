// Does pieces of work one after the other, and those together that wait at the same time and may be done together.
import { setImmediate as pause, setTimeout as wait } from 'node:timers/promises'

export type Grouping<T> = {
  /** Does one piece. */
  readonly one: (piece: T) => Promise<void>
  /** Does one or several at once; false when nothing of it was done and each is to be tried alone. */
  readonly all: (group: readonly T[]) => Promise<boolean>
  readonly mayJoin: (group: readonly T[], next: T) => boolean
  /** Told, before each turn, whose turn it is and what comes next, as far as that is known. */
  readonly foresee?: (groups: readonly (readonly T[])[]) => void
  /** How long a group that is small waits for others; 0 when absent: only those join that come in the same turn. */
  readonly gatherMs?: number
  /** Whether a group is so small that it is worth the wait; any is when absent. */
  readonly isSmall?: (group: readonly T[]) => boolean
}

/** What is read ahead of its turn takes memory until then; one more than is needed to keep whoever answers busy. */
const foreseenMax = 2

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
  const { gatherMs = 0, isSmall = () => true } = grouping
  async function gather(): Promise<Group<T>> {
    const hasRoom = groupSize(line, grouping) === line.length && isSmall(line.map(({ piece }) => piece))
    if (gatherMs > 0 && hasRoom) await wait(gatherMs)
    return takeGroup(line, grouping)
  }
  async function work(): Promise<void> {
    isBusy = true
    const next: Group<T>[] = []
    while (next.length > 0 || line.length > 0) {
      await pause() // others that come in this turn join
      const group: Group<T> = next.shift() ?? (await gather())
      while (next.length < foreseenMax && line.length > groupSize(line, grouping))
        next.push(takeGroup(line, grouping))
      grouping.foresee?.([group, ...next].map(({ pieces }) => pieces))
      await settle(grouping, group)
    }
    isBusy = false
  }
  return (piece) =>
    new Promise((resolve, reject) => {
      line.push({ piece, resolve, reject })
      if (!isBusy) void work()
    })
}

type Group<T> = { readonly waiting: readonly Waiting<T>[]; readonly pieces: readonly T[] }

function takeGroup<T>(line: Waiting<T>[], grouping: Grouping<T>): Group<T> {
  const waiting = line.splice(0, groupSize(line, grouping))
  return { waiting, pieces: waiting.map(({ piece }) => piece) }
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

async function settle<T>({ one, all }: Grouping<T>, { waiting, pieces }: Group<T>): Promise<void> {
  try {
    if (await all(pieces)) {
      for (const { resolve } of waiting) resolve()
      return
    }
  } catch (error) {
    for (const { reject } of waiting) reject(error)
    return
  }
  for (const { piece, resolve, reject } of waiting) await one(piece).then(resolve, reject)
}
