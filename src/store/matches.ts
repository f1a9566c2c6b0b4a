// Matches: which words of an article say that it is about a topic, by the newest rule that was tried.
import type { Match, Span } from '../model/topic.ts'
import type { Db } from './connection.ts'
import { createDayCounts } from './day-counts.ts'

/** What one version of a rule found in one article; undefined when it did not match. */
export type RuleResult = {
  readonly articleId: number
  readonly topicId: string
  readonly version: number
  readonly match: Match | undefined
}

/** A topic that matched by metadata alone still leaves its evidence: an empty span at the start of the title. */
const byMetadata: Span = { term: '', field: 'title', start: 0, end: 0 }

function createSpans(db: Db) {
  const add =
    db.prepare(`insert into topic_match (article_id, topic_id, rule_version, term, field, start_offset, end_offset)
    values (@articleId, @topicId, @version, @term, @field, @start, @end) on conflict do nothing`)
  const drop = db.prepare(
    'delete from topic_match where topic_id = @topicId and article_id = @articleId and rule_version = @version',
  )
  const dropAll = db.prepare('delete from topic_match where article_id = ?')
  const any = db.prepare('select 1 from topic_match where topic_id = @topicId and article_id = @articleId')
  return {
    add: ({ match, ...key }: RuleResult): void => {
      if (match === undefined) return
      const spans = match.spans.length > 0 ? match.spans : [byMetadata]
      for (const span of spans) add.run({ ...key, ...span })
    },
    drop: ({ articleId, topicId, version }: RuleResult): void =>
      void drop.run({ articleId, topicId, version }),
    dropAll: (articleId: number): void => void dropAll.run(articleId),
    exist: ({ articleId, topicId }: RuleResult): boolean => any.get({ articleId, topicId }) !== undefined,
  }
}

/** Notes that the newest rule did not match, for articles that an older one matched. */
function createDenials(db: Db) {
  const drop = db.prepare('delete from topic_no_match where topic_id = @topicId and article_id = @articleId')
  const dropAll = db.prepare('delete from topic_no_match where article_id = ?')
  const put =
    db.prepare(`insert into topic_no_match (topic_id, article_id, rule_version) values (@topicId, @articleId, @version)
    on conflict (topic_id, article_id) do update set rule_version = excluded.rule_version`)
  return {
    put: ({ articleId, topicId, version }: RuleResult): void => void put.run({ articleId, topicId, version }),
    drop: ({ articleId, topicId }: RuleResult): void => void drop.run({ articleId, topicId }),
    dropAll: (articleId: number): void => void dropAll.run(articleId),
  }
}

/** The writing of matches; call inside a transaction. A day's count is always that of the articles that match now. */
export function createMatches(db: Db) {
  const spans = createSpans(db)
  const denials = createDenials(db)
  const countChange = createDayCounts(db)
  const currentTopics = db
    .prepare('select distinct topic_id from current_match where article_id = +?')
    .pluck()

  /** The topics that the article matches now. */
  const topicsOf = (articleId: number): ReadonlySet<string> =>
    new Set(currentTopics.all(articleId) as readonly string[]) // a text column
  return {
    topicsOf,
    /** The matches of an article without any. */
    addNew: (found: readonly RuleResult[]): void => {
      for (const result of found) {
        spans.add(result)
        countChange(result.articleId, result.topicId, false, true)
      }
    },
    /** A revised article: its old places mean nothing in the new text, so they go, whatever rule found them. */
    replaceAll: (articleId: number, found: readonly RuleResult[]): void => {
      const before = topicsOf(articleId)
      spans.dropAll(articleId)
      denials.dropAll(articleId)
      for (const result of found) spans.add(result)
      const after = new Set(found.map(({ topicId }) => topicId))
      for (const topicId of new Set([...before, ...after]))
        countChange(articleId, topicId, before.has(topicId), after.has(topicId))
    },
    /**
     * What a newer rule says of an article that matched the topics `before`: 1 when it begins to match, -1 when it no longer
     * does. Matches of older versions stay; where the newer found nothing, that is noted.
     */
    retag: (result: RuleResult, before: ReadonlySet<string>): -1 | 0 | 1 => {
      const { articleId, topicId, match } = result
      spans.drop(result)
      spans.add(result)
      if (match !== undefined) denials.drop(result)
      else if (spans.exist(result)) denials.put(result)
      return countChange(articleId, topicId, before.has(topicId), match !== undefined)
    },
  }
}
