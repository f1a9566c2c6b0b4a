// Matches: which words of an article say that it is about a topic, and how many articles a topic had on each day.
import type { Match, Span } from '../model/topic.ts'
import type { Db } from './connection.ts'

/** What one version of a rule found in one article; undefined when it did not match. */
export type Finding = {
  readonly articleId: number
  readonly topicId: string
  readonly version: number
  readonly match: Match | undefined
}

/** A topic that matched by metadata alone still leaves its evidence: an empty span at the start of the title. */
const byMetadata: Span = { term: '', field: 'title', start: 0, end: 0 }

/** The writing of matches; call inside a transaction. A day's count is always that of the articles that match now. */
export function createMatches(db: Db) {
  const add =
    db.prepare(`insert into topic_match (article_id, topic_id, rule_version, term, field, start_offset, end_offset)
    values (@articleId, @topicId, @version, @term, @field, @start, @end) on conflict do nothing`)
  const drop = db.prepare(
    'delete from topic_match where topic_id = @topicId and article_id = @articleId and rule_version = @version',
  )
  const dropAll = db.prepare('delete from topic_match where article_id = ?')
  const isMatched = db
    .prepare('select 1 from topic_match where topic_id = @topicId and article_id = @articleId limit 1')
    .pluck()
  const allowAll = db.prepare('delete from topic_no_match where article_id = ?')
  const allow = db.prepare('delete from topic_no_match where topic_id = @topicId and article_id = @articleId')
  const deny =
    db.prepare(`insert into topic_no_match (topic_id, article_id, rule_version) values (@topicId, @articleId, @version)
    on conflict (topic_id, article_id) do update set rule_version = excluded.rule_version`)
  const currentTopics = db.prepare('select distinct topic_id from current_match where article_id = ?').pluck()
  const count = db.prepare(`insert into topic_day (topic_id, day, articles)
    select @topicId, first_seen_at / 86400000, @change from article where id = @articleId
    on conflict (topic_id, day) do update set articles = articles + excluded.articles`)

  function addSpans({ match, ...key }: Finding): void {
    if (match === undefined) return
    const spans = match.spans.length > 0 ? match.spans : [byMetadata]
    for (const span of spans) add.run({ ...key, ...span })
  }
  /** The topics that the article matches now. */
  const topicsOf = (articleId: number): ReadonlySet<string> =>
    new Set(currentTopics.all(articleId) as readonly string[]) // a text column
  function countChange(articleId: number, topicId: string, was: boolean, is: boolean): -1 | 0 | 1 {
    if (was === is) return 0
    const change = is ? 1 : -1
    count.run({ articleId, topicId, change })
    return change
  }
  return {
    topicsOf,
    /** The matches of an article without any. */
    addNew: (found: readonly Finding[]): void => {
      for (const finding of found) {
        addSpans(finding)
        count.run({ articleId: finding.articleId, topicId: finding.topicId, change: 1 })
      }
    },
    /** A revised article: its old places mean nothing in the new text, so they go, whatever rule found them. */
    replaceAll: (articleId: number, found: readonly Finding[]): void => {
      const before = topicsOf(articleId)
      dropAll.run(articleId)
      allowAll.run(articleId)
      for (const finding of found) addSpans(finding)
      const after = new Set(found.map(({ topicId }) => topicId))
      for (const topicId of new Set([...before, ...after]))
        countChange(articleId, topicId, before.has(topicId), after.has(topicId))
    },
    /** What a newer rule says of an article that matched the topics `before`: 1 gained, -1 lost. Matches of older versions stay; where the newer found nothing, that is noted. */
    retag: (finding: Finding, before: ReadonlySet<string>): -1 | 0 | 1 => {
      const { articleId, topicId, version, match } = finding
      drop.run({ articleId, topicId, version })
      addSpans(finding)
      if (match !== undefined) allow.run({ articleId, topicId })
      else if (isMatched.get({ articleId, topicId }) !== undefined) deny.run({ articleId, topicId, version })
      return countChange(articleId, topicId, before.has(topicId), match !== undefined)
    },
  }
}
