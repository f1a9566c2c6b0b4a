// Reports in different languages that tell of one event: a link between articles, seen as one between their stories.
import type { LinkedReport, Outlet } from '../model/digest.ts'
import type { Db } from './connection.ts'
import { toOutlet } from './outlet.ts'
import { withoutNulls } from './row.ts'

/** One link as seen from one of its articles. */
export type StoredLanguageLink = {
  readonly articleId: number
  readonly otherId: number
  readonly otherStoryId: number
  readonly language?: string // of the other
  readonly title: string
  readonly because: string // see pipeline/language-link.ts
}

// Both directions of the links of some articles, named `own`. Those within one story are none: somebody merged the two.
const linksOf = (own: string) => `with own as (${own}),
  link as (
    select own.id, own.story_id, l.other_id, l.because from own join language_link l on l.article_id = own.id
    union all
    select own.id, own.story_id, l.article_id, l.because from own join language_link l on l.other_id = own.id)`
const selectLinks = `select link.id as articleId, o.id as otherId, o.story_id as otherStoryId, o.language, o.title, link.because
  from link join article o on o.id = link.other_id where o.story_id <> link.story_id order by o.first_seen_at, o.id`
const selectReports = `select distinct link.story_id as ofStoryId, o.story_id as storyId, o.title, o.url, o.language,
    o.first_seen_at as at, o.id, s.id as sourceId, s.name, s.family, s.country, s.kind, s.grade
  from link join article o on o.id = link.other_id join source s on s.id = o.source_id
  where o.story_id <> link.story_id and o.id <= @upTo order by o.first_seen_at, o.id`

type ReportRow = Omit<LinkedReport, 'outlet'> & Outlet & { readonly id: number }

function toReport(row: unknown): LinkedReport {
  const { ofStoryId, storyId, title, url, language, at, ...outlet } = withoutNulls<ReportRow>(row)
  return {
    ofStoryId,
    storyId,
    title,
    at,
    outlet: toOutlet(outlet),
    ...(url !== undefined && { url }),
    ...(language !== undefined && { language }),
  }
}

/** The links' part of the store. */
export function createLanguageLinkStore(db: Db) {
  const add = db.prepare(`insert into language_link (article_id, other_id, because) values (?, ?, ?)
    on conflict (article_id, other_id) do update set because = excluded.because`)
  const topics = db.prepare(
    'select distinct article_id as articleId, topic_id as topicId from current_match where article_id >= ? order by 1, 2',
  )
  const ofArticle = db.prepare(`${linksOf('select id, story_id from article where id = ?')} ${selectLinks}`)
  const ofStory = db.prepare(
    `${linksOf('select id, story_id from article where story_id = ?')} ${selectLinks}`,
  )
  const reports = db.prepare(
    `${linksOf('select id, story_id from article where story_id in (select value from json_each(@stories))')} ${selectReports}`,
  )
  return {
    /** Links two articles, whichever came first; a link that is there takes the new reason. */
    add: (articleId: number, otherId: number, because: string): void =>
      void add.run(Math.max(articleId, otherId), Math.min(articleId, otherId), because),
    /** The topics that articles from this id on match, by article. */
    topicsFrom: (articleId: number): ReadonlyMap<number, readonly string[]> => {
      const rows = topics.all(articleId) as readonly { articleId: number; topicId: string }[] // the columns named above
      const byArticle = Map.groupBy(rows, (row) => row.articleId)
      return new Map([...byArticle].map(([id, found]) => [id, found.map(({ topicId }) => topicId)]))
    },
    /** Of one article to articles of other stories, first seen first. */
    ofArticle: (articleId: number): readonly StoredLanguageLink[] =>
      ofArticle.all(articleId).map(withoutNulls<StoredLanguageLink>),
    /** The same of all articles of a story. */
    ofStory: (storyId: number): readonly StoredLanguageLink[] =>
      ofStory.all(storyId).map(withoutNulls<StoredLanguageLink>),
    /** The reports linked with these stories, none newer than the article `upTo`; first seen first. */
    reports: (storyIds: readonly number[], upTo: number): readonly LinkedReport[] =>
      reports.all({ stories: JSON.stringify(storyIds), upTo }).map(toReport),
  }
}
