// The indexes of recent articles in another thread than the one that stores: it decides what becomes of items before they are stored, and
// numbers them as the other one will.
import type { Instant } from '../model/time.ts'
import { judgeItems, type LastIds, type Question, type Verdict } from '../pipeline/judge.ts'
import type { Store } from '../store/index.ts'
import { type Listening, restoreReports } from './echo-indexes.ts'
import { forgetOld, isNoteDue, type Loaded, load, note, reportsLeft, reportsLeftMax } from './echo-state.ts'

/** Verdicts; their reports will have ids from `firstReportId` on. */
export type Judged = { readonly verdicts: readonly Verdict[]; readonly firstReportId: number }

type Load = (desk: Listening, now: Instant) => void

export type EchoApart = {
  /** Reads the recent archive, whatever it knew before. */
  readonly load: Load
  /** Takes in what was stored since, by others; to know what they know, it also reads anew what they noted meanwhile. */
  readonly catchUp: Load
  /** Decides, and counts on all of it being stored. */
  readonly judge: (questions: readonly Question[]) => Judged
  /** The same for what comes at `now`; undefined when `forget` has to be called first, since it has more to do than to forget. */
  readonly judgeAhead: (questions: readonly Question[], now: Instant) => Judged | undefined
  /** As in `Echo`. Call it when all that was decided is stored, and nobody else is writing. */
  readonly forget: (now: Instant) => void
  readonly settle: (now: Instant) => boolean
}

/** Knows nothing before `load`. The store is its own connection. */
export function createEchoApart(store: Store): EchoApart {
  let known: { readonly loaded: Loaded; readonly lastIds: LastIds } | undefined
  const current = (): NonNullable<typeof known> => {
    if (known === undefined) throw new Error('copies and stories were asked for before they were read')
    return known
  }
  const know = (loaded: Loaded): void => {
    const lastIds = { articleId: store.articles.lastId(), storyId: store.stories.lastId() }
    known = { loaded, lastIds }
  }
  const reload: Load = (desk, now) => {
    known = undefined // should reading fail, nothing is decided by what it knew
    know(load(store, desk, now))
  }
  const judge = (questions: readonly Question[]): Judged => {
    const { loaded, lastIds } = current()
    const { indexes } = loaded
    const verdicts = judgeItems(indexes, questions, lastIds)
    const firstReportId = indexes.lastId + 1
    indexes.lastId += verdicts.filter(({ report }) => report !== undefined).length
    return { verdicts, firstReportId }
  }
  return {
    load: reload,
    catchUp: (desk, now) => {
      const { loaded } = current()
      if ((store.echo.memory()?.takenAt ?? 0) !== loaded.tidiedAt) return reload(desk, now)
      restoreReports(store, loaded.indexes, 0)
      know(loaded)
    },
    judge,
    judgeAhead: (questions, now) => {
      const { loaded } = current()
      if (isNoteDue(loaded, now)) return undefined
      forgetOld(loaded, now)
      return judge(questions)
    },
    forget: (now) => {
      const { loaded } = current()
      forgetOld(loaded, now)
      if (isNoteDue(loaded, now)) note(store, loaded, now)
    },
    settle: (now) => {
      const { loaded } = current()
      if (reportsLeft(loaded) < reportsLeftMax) return false
      note(store, loaded, now)
      return true
    },
  }
}
