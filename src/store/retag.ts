// Tagging the archive again with newer rules: what is left to do, and the writing of what was found.
import type { Instant } from '../model/time.ts'
import type { Match } from '../model/topic.ts'
import { type ArchivedArticle, taggableColumns, toArchived } from './archived-article.ts'
import type { Db } from './connection.ts'
import { createMatches } from './matches.ts'

/** The rule with which a topic's articles are tagged again. */
export type RetagRule = { readonly topicId: string; readonly version: number }

/** What is left: articles with an id above `after`, `left` of them. `resumed` when an earlier run was cut off. */
export type RetagPlan = {
  readonly after: number
  readonly since: Instant
  readonly left: number
  readonly resumed: boolean
}
type Position = { readonly version: number; readonly since: Instant; readonly after: number }

/** The archive's part of re-tagging; `next`, `write` and `pass` belong into one transaction, so that no revision comes between. */
export function createRetagStore(db: Db) {
  const position = db.prepare(
    'select rule_version as version, since, after_article_id as after from retag where topic_id = ?',
  )
  const save =
    db.prepare(`insert into retag (topic_id, rule_version, since, after_article_id) values (@topicId, @version, @since, @after)
    on conflict (topic_id) do update set rule_version = excluded.rule_version, since = excluded.since,
      after_article_id = excluded.after_article_id`)
  const finish = db.prepare('delete from retag where topic_id = ?')
  const count = db.prepare('select count(*) from article where id > ? and first_seen_at >= ?').pluck()
  const articles = db.prepare(`select ${taggableColumns} from article a join source s on s.id = a.source_id
    where a.id > ? and a.first_seen_at >= ? order by a.id limit ?`)
  const matches = createMatches(db)

  /** Where a topic was left, if that run had the same rule and reached back as far. */
  function leftAt({ topicId, version }: RetagRule, since: Instant): Position | undefined {
    const left = position.get(topicId) as Position | undefined // the columns named above
    return left?.version === version && left.since <= since ? left : undefined
  }
  return {
    /** Says where to go on. Several topics go together, from where the hindmost was left; articles done twice cost only time. */
    plan: (rules: readonly RetagRule[], since: Instant): RetagPlan => {
      const left = rules.map((rule) => leftAt(rule, since))
      const known = left.filter((one) => one !== undefined)
      const resumed = known.length === rules.length && known.length > 0
      const from = {
        after: resumed ? Math.min(...known.map(({ after }) => after)) : 0,
        since: resumed ? Math.min(...known.map((one) => one.since)) : since,
      }
      return { ...from, resumed, left: Number(count.get(from.after, from.since)) }
    },
    /** The next articles, oldest first. */
    next: (after: number, since: Instant, most: number): readonly ArchivedArticle[] =>
      articles.all(after, since, most).map(toArchived),
    /** Writes what these rules say of an article, whether they match or not. Returns for each rule 1 for gained, -1 for lost, 0 for as before. */
    write: (
      articleId: number,
      rules: readonly RetagRule[],
      found: readonly Match[],
    ): readonly (-1 | 0 | 1)[] => {
      const before = matches.topicsOf(articleId)
      const byTopic = new Map(found.map((match) => [match.topicId, match]))
      return rules.map(({ topicId, version }) =>
        matches.retag({ articleId, topicId, version, match: byTopic.get(topicId) }, before),
      )
    },
    /** Articles up to this id are done. */
    pass: (rules: readonly RetagRule[], since: Instant, after: number): void => {
      for (const rule of rules) save.run({ ...rule, since, after })
    },
    /** Nothing is left. */
    finish: (rules: readonly RetagRule[]): void => {
      for (const { topicId } of rules) finish.run(topicId)
    },
    /** Topics whose last run was cut off. */
    unfinished: (): readonly string[] =>
      db.prepare('select topic_id from retag order by topic_id').pluck().all() as readonly string[], // a text column
  }
}
