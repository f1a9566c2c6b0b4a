// The articles of one story, as its profile is drawn from them.
import type { EditionArticle } from '../model/digest.ts'
import type { Db } from './connection.ts'
import { createEditionArticles, selectEditionArticles } from './edition-article.ts'

const noTopics: ReadonlySet<string> = new Set()

/** The reading side of stories. */
export function createStoryArticles(db: Db) {
  const ofStory = db.prepare(`${selectEditionArticles} where a.story_id = ? order by a.id`)
  const related = db
    .prepare(`select l.story_id from story_link l join article a on a.id = l.article_id
      where a.story_id = @storyId and l.story_id <> @storyId
    union select a.story_id from story_link l join article a on a.id = l.article_id
      where l.story_id = @storyId and a.story_id <> @storyId order by 1`)
    .pluck()
  const complete = createEditionArticles(db)
  return {
    /** Its articles, oldest first, with copies and changes but without matches. */
    articles: (storyId: number): readonly EditionArticle[] =>
      ofStory.all(storyId).map((row) => complete(row, noTopics)),
    /** Stories that share a report with this one, as far as can be told: linked, never merged. */
    related: (storyId: number): readonly number[] => related.all({ storyId }) as readonly number[], // integer columns
  }
}
