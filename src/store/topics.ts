// Topic rules by version, and the matches found with them.
import type { Instant } from '../model/time.ts'
import type { Match, Topic } from '../model/topic.ts'
import type { Db } from './connection.ts'

const dayMs = 86_400_000

/** The topics' part of the store. */
export function createTopicStore(db: Db) {
  const latest = db.prepare(
    'select version, definition from topic_rule where topic_id = ? order by version desc limit 1',
  )
  const addRule = db.prepare(
    'insert into topic_rule (topic_id, version, definition, created_at) values (?, ?, ?, ?)',
  )
  const addMatch =
    db.prepare(`insert into topic_match (article_id, topic_id, rule_version, term, field, start_offset, end_offset)
    values (@articleId, @topicId, @version, @term, @field, @start, @end) on conflict do nothing`)
  const count = db.prepare(`insert into topic_day (topic_id, day, articles) values (?, ?, 1)
    on conflict (topic_id, day) do update set articles = articles + 1`)
  const dropMatches = db.prepare('delete from topic_match where article_id = ?')
  const versions = new Map<string, number>()

  function register(topic: Topic, now: Instant): number {
    const definition = JSON.stringify(topic)
    const known = latest.get(topic.id) as
      | { readonly version: number; readonly definition: string }
      | undefined
    if (known?.definition === definition) return known.version
    const version = (known?.version ?? 0) + 1
    addRule.run(topic.id, version, definition, now)
    return version
  }
  const registerAll = db.transaction((topics: readonly Topic[], now: Instant) => {
    for (const topic of topics) versions.set(topic.id, register(topic, now))
  })

  function addMatches(articleId: number, matches: readonly Match[]): void {
    for (const { topicId, spans } of matches) {
      const version = versions.get(topicId) ?? 1
      // A topic that matched by metadata alone still leaves its evidence: an empty span at the start of the title.
      const evidence = spans.length > 0 ? spans : [{ term: '', field: 'title' as const, start: 0, end: 0 }]
      for (const span of evidence) addMatch.run({ articleId, topicId, version, ...span })
    }
  }
  return {
    /** Gives every changed topic a new rule version; unchanged ones keep theirs. */
    register: (topics: readonly Topic[], now: Instant): void => registerAll.immediate(topics, now),
    version: (topicId: string): number => versions.get(topicId) ?? 0,
    addMatches: (articleId: number, matches: readonly Match[], firstSeenAt: Instant): void => {
      addMatches(articleId, matches)
      for (const { topicId } of matches) count.run(topicId, Math.floor(firstSeenAt / dayMs))
    },
    /** Replaces the evidence of a revised article; its day was counted when it was first seen. */
    replaceMatches: (articleId: number, matches: readonly Match[]): void => {
      dropMatches.run(articleId)
      addMatches(articleId, matches)
    },
  }
}
