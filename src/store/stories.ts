// Stories: groups of articles about one event. Their ids never change.
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'
import { createStoryArticles } from './story-articles.ts'

/** The stories' part of the store. */
export function createStoryStore(db: Db) {
  const create = db.prepare('insert into story (created_at) values (?)')
  const exists = db.prepare('select 1 from story where id = ?').pluck()
  const lastId = db.prepare('select coalesce(max(id), 0) from story').pluck()
  const unlink = db.prepare('delete from story_link where article_id = ?')
  const linked = db.prepare('select distinct article_id from story_link').pluck()
  const link = db.prepare(
    'insert into story_link (article_id, story_id) values (?, ?) on conflict do nothing',
  )
  return {
    ...createStoryArticles(db),
    create: (at: Instant): number => Number(create.run(at).lastInsertRowid),
    exists: (storyId: number): boolean => exists.get(storyId) !== undefined,
    /** The newest story's id; 0 when there is none. */
    lastId: (): number => Number(lastId.get()),
    /** Articles that are linked to further stories. */
    linked: (): ReadonlySet<number> => new Set(linked.all() as readonly number[]), // integer columns
    /** Notes the further stories that an article may belong to, in place of those noted before. */
    relate: (articleId: number, storyIds: readonly number[]): void => {
      unlink.run(articleId)
      for (const storyId of storyIds) link.run(articleId, storyId)
    },
  }
}
