// Reads the entries of a transaction while the one before it is written, and announces what has to be decided about them: somebody else may
// decide meanwhile. Only entries that nothing in the transactions before them can have to do with.
import type { Desk } from './desk.ts'
import type { Arrival, KnownArrival } from './keep-item.ts'
import { type Batch, readBatch } from './keep-items.ts'
import type { KeeperDeps } from './unwritten.ts'

/** All that arrives in one transaction. */
type Arriving = { readonly arrivals: readonly (Arrival | KnownArrival)[] }

export type Foresight<Group, Found> = {
  /** Told, before each transaction, of its group and of the next ones, in the order of their turns. */
  readonly foresee: (groups: readonly Group[]) => void
  /** What was announced of the group whose turn it is; undefined when nothing was, or when it is void. Call it once for each. */
  readonly take: (group: Group) => (Found & { readonly batch: Batch }) | undefined
}

type Foreseen<Group, Found> = {
  readonly group: Group
  readonly found: Found
  readonly batch: Batch
  readonly desk: Desk
  readonly feedIds: ReadonlySet<number>
}

/** `read` says what arrives with a group; undefined when it is not ready, or is not stored as one. */
export function createForesight<Group, Found extends Arriving>(
  deps: KeeperDeps,
  read: (group: Group) => Found | undefined,
): Foresight<Group, Found> {
  const { echo } = deps
  let line: readonly Foreseen<Group, Found>[] = [] // all of them announced, by whose turn comes first

  function look(group: Group): Foreseen<Group, Found> | undefined {
    const found = read(group)
    if (found === undefined) return undefined
    const feedIds = new Set(found.arrivals.map(({ feed }) => feed.id))
    if (line.some((before) => isShared(before.feedIds, feedIds))) return undefined
    const batch = readBatch(deps, found.arrivals)
    if (!isOfItsOwn(batch, found)) return undefined
    if (line.some((before) => isShared(before.batch.marks, batch.marks))) return undefined
    return { group, found, batch, desk: deps.desk(), feedIds }
  }

  function announce(group: Group): boolean {
    const foreseen = look(group)
    if (foreseen === undefined) return false
    echo.announce(foreseen.batch.questions)
    line = [...line, foreseen]
    return true
  }

  return {
    foresee: (groups) => {
      if (!isDone(echo.looksAhead)) return
      line = line.filter(({ batch }) => echo.isAnnounced(batch.questions)) // the others are void, and are announced again
      const unknown = groups.filter((group) => !line.some((before) => before.group === group))
      for (const group of unknown) if (!isDone(() => announce(group))) return // who is not announced asks when its turn has come
    },
    take: (group) => {
      const [foreseen, ...others] = line
      if (foreseen?.group !== group) return undefined
      line = others
      if (!echo.isAnnounced(foreseen.batch.questions)) return undefined
      if (foreseen.desk === deps.desk()) return { ...foreseen.found, batch: foreseen.batch }
      echo.rebuild(deps.now()) // it was read by rules that are not in force any more
      return undefined
    },
  }
}

/** All of it says something new, and nothing is known that may be the same: then nothing that is being written can change the questions. */
function isOfItsOwn({ entries, questions }: Batch, { arrivals }: Arriving): boolean {
  return (
    questions.length > 0 &&
    entries.length === arrivals.length &&
    questions.every(({ known }) => known.sameItem === undefined && known.sameUrl === undefined)
  )
}

function isShared<T>(some: ReadonlySet<T>, others: ReadonlySet<T>): boolean {
  return [...others].some((one) => some.has(one))
}

/** What is wrong is met again, and told, when the turn has come. */
function isDone(work: () => boolean): boolean {
  try {
    return work()
  } catch {
    return false
  }
}
