// Everything the archive knows of one article: where it was seen, how it changed, what it belongs to, which words matched.
import type { Instant } from '../model/time.ts'
import type { Span } from '../model/topic.ts'
import { type ArchivedArticle, taggableColumns, toArchived } from './archived-article.ts'
import type { Db } from './connection.ts'
import { createLanguageLinkStore, type StoredLanguageLink } from './language-links.ts'
import { withoutNulls } from './row.ts'
import { shownFeedUrl } from './shown-feed-url.ts'
import { type ArticleChange, createStoryChangeRead } from './story-changes.ts'

/** One appearance, oldest first; the first has `because` 'first'. */
export type DossierSighting = {
  readonly sourceId: string
  readonly sourceName: string
  readonly feedUrl: string // without credentials
  readonly url?: string
  readonly title: string
  readonly seenAt: Instant
  readonly because: string
  readonly withdrawnAt?: Instant // inferred: it left the feed while an older and a younger entry stayed
}
/** One change by the publisher, oldest first. */
export type Change = {
  readonly seenAt: Instant
  readonly oldTitle: string
  readonly newTitle: string
  readonly oldSummary: string
  readonly newSummary: string
  readonly oldUrl?: string
  readonly newUrl?: string
  readonly corrected: boolean // the headline or a number
  readonly because?: string // how it was known to be the same article; absent in archives from before this was noted
}
export type StoryMember = {
  readonly articleId: number
  readonly title: string
  readonly sourceName: string
  readonly firstSeenAt: Instant
}
/** A match that counts: found by the newest rule that was tried. A topic that matched by metadata alone has one empty span. */
export type StoredMatch = Span & { readonly topicId: string; readonly version: number }

export type Dossier = {
  readonly article: ArchivedArticle
  readonly facts: {
    readonly sourceName: string
    readonly publishedAt?: Instant
    readonly dateText?: string // as the feed wrote it
    readonly storyId: number
    readonly storyBecause: string
    readonly keptBecause?: string // why it is no copy; absent in archives from before this was noted
  }
  readonly appearances: readonly DossierSighting[]
  readonly changes: readonly Change[]
  readonly story: readonly StoryMember[] // all its articles, oldest first
  readonly related: readonly number[] // further stories it may belong to
  readonly otherLanguages: readonly StoredLanguageLink[] // reports of other stories that tell of the same event, as far as can be told
  readonly storyChanges: readonly ArticleChange[] // that moved it or held it, oldest first
  readonly matches: readonly StoredMatch[]
}

const selectAppearances = `select s.id as sourceId, s.name as sourceName, f.url as feedUrl, g.url, g.title,
    g.seen_at as seenAt, g.because, g.withdrawn_at as withdrawnAt
  from sighting g join feed f on f.id = g.feed_id join source s on s.id = f.source_id
  where g.article_id = +? order by g.because <> 'first', g.seen_at, g.id`
const selectChanges = `select seen_at as seenAt, old_title as oldTitle, new_title as newTitle, old_summary as oldSummary,
    new_summary as newSummary, old_url as oldUrl, new_url as newUrl, corrected, because
  from revision where article_id = +? order by seen_at, id`
const selectStory = `select a.id as articleId, a.title, s.name as sourceName, a.first_seen_at as firstSeenAt
  from article a join source s on s.id = a.source_id where a.story_id = +? order by a.id`
const selectMatches = `select topic_id as topicId, rule_version as version, term, field, start_offset as start, end_offset as "end"
  from current_match where article_id = +?
  order by topic_id, case field when 'title' then 0 when 'summary' then 1 when 'body' then 2 else 3 end, start_offset`

/** The dossiers' part of the store. */
export function createDossierStore(db: Db) {
  const article = db.prepare(
    `select ${taggableColumns} from article a join source s on s.id = a.source_id where a.id = +?`,
  )
  const facts =
    db.prepare(`select s.name as sourceName, a.published_at as publishedAt, a.date_text as dateText,
      a.story_id as storyId, a.story_because as storyBecause, a.kept_because as keptBecause
    from article a join source s on s.id = a.source_id where a.id = +?`)
  const byKey = db
    .prepare('select id from article where url_key = ? order by url = ? desc, id limit 1')
    .pluck()
  const byCopy = db
    .prepare(`select article_id from sighting where url = ? and because <> 'first' order by id limit 1`)
    .pluck()
  const [appearances, changes, story, matches] = [
    db.prepare(selectAppearances),
    db.prepare(selectChanges),
    db.prepare(selectStory),
    db.prepare(selectMatches),
  ]
  const related = db.prepare('select story_id from story_link where article_id = ? order by story_id').pluck()
  const storyChanges = createStoryChangeRead(db)
  const languageLinks = createLanguageLinkStore(db)
  return {
    /** The article at an address, or the one that a copy at this address was folded into. */
    findByUrl: (url: string, urlKey: string | undefined): number | undefined => {
      const own = urlKey === undefined ? undefined : byKey.get(urlKey, url)
      return (own ?? byCopy.get(url)) as number | undefined // integer columns
    },
    read: (articleId: number): Dossier | undefined => {
      const row = article.get(articleId)
      if (row === undefined) return undefined
      const known = withoutNulls<Dossier['facts']>(facts.get(articleId))
      return {
        article: toArchived(row),
        facts: known,
        appearances: appearances
          .all(articleId)
          .map(withoutNulls<DossierSighting>)
          .map((seen) => ({ ...seen, feedUrl: shownFeedUrl(seen.feedUrl) })),
        changes: changes
          .all(articleId)
          .map(withoutNulls<Change>)
          .map((change) => ({ ...change, corrected: Boolean(change.corrected) })),
        story: story.all(known.storyId) as readonly StoryMember[], // the columns named above
        related: related.all(articleId) as readonly number[], // an integer column
        otherLanguages: languageLinks.ofArticle(articleId),
        storyChanges: storyChanges.ofArticle(articleId),
        matches: matches.all(articleId) as readonly StoredMatch[],
      }
    },
  }
}
