// Alerts: how far each has looked, and the counts a spike is judged by.
import type { Window } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'

/** How far an alert has looked into the archive. */
export type AlertPosition = {
  readonly afterArticleId: number
  readonly lookedAt: Instant
  readonly lastAlertAt?: Instant
}

type RawPosition = Omit<AlertPosition, 'lastAlertAt'> & { readonly lastAlertAt: Instant | null }

function createPositions(db: Db) {
  const register = db.prepare(`insert into alert (id, after_article_id, looked_at)
    select @id, coalesce(max(id), 0), @now from article where true on conflict do nothing`)
  const read =
    db.prepare(`select after_article_id as afterArticleId, looked_at as lookedAt, last_alert_at as lastAlertAt
    from alert where id = ?`)
  const advance = db.prepare(`update alert set after_article_id = @upTo, looked_at = @at,
    last_alert_at = iif(@told, @at, last_alert_at) where id = @id`)
  return {
    /** Begins to listen now: what is in the archive already is never told. */
    register: (id: string, now: Instant): void => void register.run({ id, now }),
    position: (id: string): AlertPosition | undefined => {
      const row = read.get(id) as RawPosition | undefined // the columns named above
      if (row === undefined) return undefined
      const { lastAlertAt, ...rest } = row
      return lastAlertAt === null ? rest : { ...rest, lastAlertAt }
    },
    /** Writes down that everything up to `upTo` was looked at; `told` when an alert was issued. */
    advance: (
      id: string,
      at: { readonly upTo: number; readonly at: Instant; readonly told: boolean },
    ): void => void advance.run({ id, upTo: at.upTo, at: at.at, told: at.told ? 1 : 0 }),
  }
}

function createNews(db: Db) {
  const matched = db.prepare('select 1 from topic_match where topic_id = ? and article_id > ? limit 1')
  const copied =
    db.prepare(`select 1 from sighting s where s.because <> 'first' and s.seen_at > @lookedAt and exists (
      select 1 from topic_match m where m.article_id = s.article_id and m.topic_id in (select value from json_each(@topics)))
    limit 1`)
  return ({ afterArticleId, lookedAt }: AlertPosition, topicIds: readonly string[]): boolean =>
    topicIds.some((topicId) => matched.get(topicId, afterArticleId) !== undefined) ||
    copied.get({ lookedAt, topics: JSON.stringify(topicIds) }) !== undefined
}

function createCounts(db: Db) {
  // Only sources that were heard all the time count, so that a feed added yesterday cannot fake a spike.
  const count = db
    .prepare(`select count(*) from article a join feed f on f.id = a.feed_id
      where a.first_seen_at > @from and a.first_seen_at <= @until and f.heard_since <= @heardBefore
        and exists (select 1 from current_match m where m.article_id = a.id and m.topic_id = @topicId)`)
    .pluck()
  return (topicId: string, window: Window, heardBefore: Instant): number =>
    Number(count.get({ topicId, ...window, heardBefore }))
}

/** The alerts' part of the store. */
export function createAlertStore(db: Db) {
  const backlog = db
    .prepare(`select a.id from article a join feed f on f.id = a.feed_id
      where a.id in (select value from json_each(?)) and (f.heard_since is null or a.first_seen_at <= f.heard_since)`)
    .pluck()
  return {
    ...createPositions(db),
    /** Is there anything new on one of the topics since the alert last looked? Cheap enough to ask at every tick. */
    hasNews: createNews(db),
    /** Those of the articles that their feed held already when it was first heard. */
    backlogOf: (articleIds: readonly number[]): ReadonlySet<number> =>
      new Set(backlog.all(JSON.stringify(articleIds)) as readonly number[]), // one integer column
    /** Articles of a topic first seen in the window, from feeds first heard at `heardBefore` or earlier. */
    countOf: createCounts(db),
  }
}
