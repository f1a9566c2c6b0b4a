// Topic rules by version, and the matches found with them.
import { matchingRule } from '../model/matching-rule.ts'
import type { Instant } from '../model/time.ts'
import type { Match, Topic } from '../model/topic.ts'
import type { Db } from './connection.ts'
import { createMatches, type RuleResult } from './matches.ts'

/** A rule as it was last put in force; with it articles are tagged. */
export type ActiveRule = {
  readonly topicId: string
  readonly version: number
  readonly topic: Topic
  readonly since: Instant
}
type RuleRow = Omit<ActiveRule, 'topic'> & { readonly definition: string }

/** The topics' part of the store. */
export function createTopicStore(db: Db) {
  const latest = db.prepare(
    'select version, definition from topic_rule where topic_id = ? order by version desc limit 1',
  )
  const addRule = db.prepare(
    'insert into topic_rule (topic_id, version, definition, created_at) values (?, ?, ?, ?)',
  )
  const describe = db.prepare('update topic_rule set definition = ? where topic_id = ? and version = ?')
  const active =
    db.prepare(`select topic_id as topicId, version, definition, created_at as since from topic_rule r
    where version = (select max(version) from topic_rule l where l.topic_id = r.topic_id) order by topic_id`)
  const matches = createMatches(db)
  const versions = new Map<string, number>()

  function register(topic: Topic, now: Instant): number {
    const definition = JSON.stringify(topic)
    const known = latest.get(topic.id) as
      | { readonly version: number; readonly definition: string }
      | undefined
    if (known !== undefined && matchingRule(JSON.parse(known.definition)) === matchingRule(topic)) {
      if (known.definition !== definition) describe.run(definition, topic.id, known.version)
      return known.version
    }
    const version = (known?.version ?? 0) + 1
    addRule.run(topic.id, version, definition, now)
    return version
  }
  const registerAll = db.transaction((topics: readonly Topic[], now: Instant) =>
    topics.map((topic) => [topic.id, register(topic, now)] as const),
  )
  const results = (articleId: number, found: readonly Match[]): readonly RuleResult[] =>
    found.map((match) => {
      const { topicId } = match
      return { articleId, topicId, version: versions.get(topicId) ?? 1, match }
    })
  return {
    /** Gives every topic that matches otherwise a new rule version; others keep theirs. From here on articles are tagged with these rules. */
    register: (topics: readonly Topic[], now: Instant): void => {
      const registered = registerAll.immediate(topics, now)
      for (const [topicId, version] of registered) versions.set(topicId, version) // only once all of them hold
    },
    version: (topicId: string): number => versions.get(topicId) ?? 0,
    /** The newest rule of every topic that was ever in force, also of those that have left topics.yaml. */
    active: (): readonly ActiveRule[] =>
      (active.all() as readonly RuleRow[]).map(({ definition, ...rule }) => {
        return { ...rule, topic: JSON.parse(definition) } // register wrote it
      }),
    /** The matches of a new article; counts it for its day. */
    addMatches: (articleId: number, found: readonly Match[]): void =>
      matches.addNew(results(articleId, found)),
    /** Replaces the evidence of a revised article. */
    replaceMatches: (articleId: number, found: readonly Match[]): void =>
      matches.replaceAll(articleId, results(articleId, found)),
  }
}
