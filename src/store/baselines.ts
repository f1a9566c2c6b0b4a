// How many articles a topic usually has, counted by UTC days.
import type { TopicBaseline } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'

const dayMs = 86_400_000
const historyNeededMs = 28 * dayMs

/** Returns counts per topic up to `until`; while we listen for less than four weeks no weekday has a baseline. */
export function createBaselines(db: Db) {
  const counts = db
    .prepare('select day, articles from topic_day where topic_id = ? and day between ? and ?')
    .raw()
  const firstFetch = db.prepare('select min(at) from fetch').pluck()
  function baselineOf(topicId: string, until: Instant, hasHistory: boolean): TopicBaseline {
    const today = Math.floor((until - 1) / dayMs)
    const byDay = new Map(counts.all(topicId, today - 28, today) as readonly [number, number][]) // the columns named above
    const on = (daysAgo: number) => byDay.get(today - daysAgo) ?? 0
    return {
      topicId,
      sameWeekday: hasHistory ? [28, 21, 14, 7].map(on) : [],
      lastDays: Array.from({ length: 14 }, (_, index) => on(13 - index)),
    }
  }
  return (topicIds: readonly string[], until: Instant): readonly TopicBaseline[] => {
    const first: unknown = firstFetch.get()
    const hasHistory = typeof first === 'number' && until - first >= historyNeededMs
    return topicIds.map((topicId) => baselineOf(topicId, until, hasHistory))
  }
}
