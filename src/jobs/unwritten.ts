// Rows that are decided and wait to be written. SQLite writes fifty rows of one table in half the time that it takes for the same rows
// with other work in between, which leaves it neither code nor pages in the processor's caches.
import type { Instant } from '../model/time.ts'
import type { Match } from '../model/topic.ts'
import type { FoldedFields } from '../pipeline/folded-fields.ts'
import type { EchoRow, NewArticle, NewSighting, Store } from '../store/index.ts'
import type { Desk } from './desk.ts'
import type { Echo } from './echo.ts'
import type { Incoming } from './incoming.ts'
import type { Tally } from './tally.ts'

export type KeeperDeps = {
  readonly store: Store
  readonly desk: () => Desk
  readonly echo: Echo
  readonly now: () => Instant
  readonly detectLanguage: (text: string) => string // 'und' when unsure
}

/** A new article with what has to be known to tag it, to link it to further stories, and to count its matches. */
type Unstored = {
  readonly article: NewArticle
  readonly incoming: Incoming
  readonly related: readonly number[]
  readonly tally: Tally
}

/** What waits in one transaction. Who reads the store for something that may wait here calls `write` first. */
export type Unwritten = {
  /** Takes a new article and returns the id that it will have. */
  readonly addArticle: (unstored: Unstored) => number
  readonly addSighting: (sighting: NewSighting) => void
  /** Takes what a start needs of a report, until `write`. */
  readonly addReport: (report: Omit<EchoRow, 'id'>) => void
  /** The folded texts of an article that changed; asked for when they are written. */
  readonly addText: (articleId: number, folded: () => FoldedFields) => void
  /** Whether an article of this id waits. */
  readonly hasArticle: (articleId: number) => boolean
  /** Writes everything but the texts, article before sighting before evidence. */
  readonly write: () => void
  /**
   * Writes the texts too; the last thing before the commit. FTS5 flushes what it has gathered whenever another table is written,
   * so texts written between articles cost ten times as much as all of them at the end.
   */
  readonly writeTexts: () => void
}

type Waiting = Unstored & { readonly articleId: number }

/** Nothing waits yet; for one transaction, and inside it. */
export function createUnwritten(deps: KeeperDeps): Unwritten {
  const { store, echo } = deps
  const texts = createTexts(store)
  let nextId = store.articles.lastId() + 1 // nobody else writes during the transaction
  let articles: Waiting[] = []
  let sightings: NewSighting[] = []
  let reports: Omit<EchoRow, 'id'>[] = []
  return {
    addArticle: (unstored) => {
      const articleId = nextId++
      articles.push({ ...unstored, articleId })
      return articleId
    },
    addSighting: (sighting) => void sightings.push(sighting),
    addReport: (report) => void reports.push(report),
    addText: texts.add,
    hasArticle: (articleId) => articles.length > 0 && articleId >= (articles[0]?.articleId ?? 0),
    write: () => {
      writeArticles(deps, articles)
      for (const sighting of sightings) store.articles.addSighting(sighting)
      echo.writeReports(reports)
      for (const { articleId, incoming } of articles) texts.add(articleId, incoming.folded, true)
      articles = []
      sightings = []
      reports = []
    },
    writeTexts: texts.write,
  }
}

function writeArticles({ store, echo }: KeeperDeps, articles: readonly Waiting[]): void {
  const found = articles.map(({ incoming }) => incoming.matches())
  for (const { articleId, article } of articles) store.articles.insert(article, articleId)
  for (const [index, { articleId, incoming, related, tally }] of articles.entries()) {
    const matches = found[index] ?? []
    tally.matches += matches.length
    store.topics.addMatches(articleId, matches)
    if (related.length > 0) store.stories.relate(articleId, related)
    if (matches.length > 0) echo.linkLanguages(incoming.document, matches.map(topicOf))
  }
}

const topicOf = ({ topicId }: Match): string => topicId

function createTexts({ search }: Store) {
  const texts = new Map<number, { readonly folded: () => FoldedFields; readonly isNew: boolean }>()
  return {
    add: (
      articleId: number,
      folded: () => FoldedFields,
      isNew = texts.get(articleId)?.isNew ?? false,
    ): void => {
      texts.set(articleId, { folded, isNew })
    },
    write: (): void => {
      for (const [articleId, { folded, isNew }] of texts) {
        const text = { articleId, ...folded() }
        if (isNew) search.indexText(text)
        else search.reindexText(text)
      }
      texts.clear()
    },
  }
}
