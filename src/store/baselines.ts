// How many articles a topic usually has: in the same window one to four weeks ago, from sources that were heard in all of them.
import type { TopicBaseline, Window } from '../model/digest.ts'
import type { Grade } from '../model/source.ts'
import type { Db } from './connection.ts'

const dayMs = 86_400_000
const weeksAgo = [4, 3, 2, 1]
const daysShown = 14

/** `steadySources` are those whose counts may be compared; a source that was added since would fake a spike. */
export type Baselines = {
  readonly baselines: readonly TopicBaseline[]
  readonly steadySources: readonly string[]
}

const shifted = ({ from, until }: Window, weeks: number): Window => ({
  from: from - weeks * 7 * dayMs,
  until: until - weeks * 7 * dayMs,
})

/** The sources that were heard in every one of some windows, of a grade and better. */
function createSteadySources(db: Db) {
  const heard = db
    .prepare(`select distinct f.source_id from feed f join source s on s.id = f.source_id
    where f.active = 1 and s.active = 1 and s.grade <= @grade and exists (
      select 1 from fetch t where t.feed_id = f.id and t.at > @from and t.at <= @until
        and t.outcome in ('fetched', 'not-modified'))`)
    .pluck()
  return (windows: readonly Window[], grade: Grade): readonly string[] =>
    windows
      .map((window) => heard.all({ ...window, grade }) as readonly string[]) // one text column
      .reduce((steady, found) => {
        const isHeard = new Set(found)
        return steady.filter((id) => isHeard.has(id))
      })
}

/** Walks the matches of one topic between two ids only: its cost is that of the window, whatever the archive holds. */
function createWindowCount(db: Db) {
  const firstId = db
    .prepare('select id from article where first_seen_at > ? order by first_seen_at limit 1')
    .pluck()
  const lastId = db
    .prepare('select id from article where first_seen_at <= ? order by first_seen_at desc limit 1')
    .pluck()
  const count = db
    .prepare(`select count(distinct m.article_id) from current_match m join article a on a.id = m.article_id
    where m.topic_id = @topicId and m.article_id >= @first and m.article_id <= @last
      and a.first_seen_at > @from and a.first_seen_at <= @until
      and a.source_id in (select value from json_each(@sources))`)
    .pluck()
  return (window: Window, sources: readonly string[]) => {
    const [first, last] = [firstId.get(window.from), lastId.get(window.until)]
    const range = { ...window, first: first ?? 0, last: last ?? -1, sources: JSON.stringify(sources) }
    return (topicId: string): number => Number(count.get({ ...range, topicId }))
  }
}

/** While no source was heard for four weeks, no window has a baseline. */
export function createBaselines(db: Db) {
  const steadySourcesIn = createSteadySources(db)
  const countIn = createWindowCount(db)
  const days = db
    .prepare('select day, articles from topic_day where topic_id = ? and day between ? and ?')
    .raw()
  const lastDays = (topicId: string, today: number): readonly number[] => {
    const byDay = new Map(days.all(topicId, today - daysShown, today) as readonly [number, number][]) // the columns named above
    return Array.from({ length: daysShown }, (_, index) => byDay.get(today - daysShown + 1 + index) ?? 0)
  }
  return (topicIds: readonly string[], window: Window, grade: Grade = 'E'): Baselines => {
    const earlier = weeksAgo.map((weeks) => shifted(window, weeks))
    const steadySources = steadySourcesIn([...earlier, window], grade)
    const counts = steadySources.length === 0 ? [] : earlier.map((past) => countIn(past, steadySources))
    const today = Math.floor((window.until - 1) / dayMs)
    const baselines = topicIds.map((topicId) => ({
      topicId,
      sameWeekday: counts.map((countOf) => countOf(topicId)),
      lastDays: lastDays(topicId, today),
    }))
    return { baselines, steadySources }
  }
}
