// Makes the tables say what sources.yaml says.
import type { FeedSettings, Source } from '../model/source.ts'
import type { Db } from './connection.ts'

type SourceColumns = readonly (string | null)[]

/** What a source's row holds, in the order of the columns that `createComparison` reads. */
function columnsOf({ id, name, country, language, family, kind, grade }: Source): SourceColumns {
  return [id, name, country ?? null, language ?? null, family, kind, grade]
}

/** Returns the function that tells whether the tables say already what is configured: most starts change nothing, and reading is quicker. */
function createComparison(db: Db): (sources: readonly Source[]) => boolean {
  const sourceRows = db
    .prepare('select id, name, country, language, family, kind, grade from source where active = 1')
    .raw()
  const feedRows = db.prepare('select id, source_id, url, settings from feed where active = 1').raw()
  const formerFeed = db.prepare('select feed_id from feed_url_history where url = ?').pluck()
  return (sources) => {
    const written = new Set(sourceRows.all().map((row) => JSON.stringify(row)))
    if (written.size !== sources.length) return false
    if (!sources.every((source) => written.has(JSON.stringify(columnsOf(source))))) return false
    const feeds = feedRows.all() as readonly (readonly [number, string, string, string])[] // the columns named above
    const bySettings = new Map(
      feeds.map(([id, sourceId, url, settings]) => [`${sourceId} ${settings}`, { id, url }]),
    )
    const listed = sources.flatMap(({ id, feeds }) => feeds.map((feed) => ({ sourceId: id, feed })))
    return (
      feeds.length === listed.length &&
      listed.every(({ sourceId, feed }) => {
        const row = bySettings.get(`${sourceId} ${JSON.stringify(feed)}`)
        return row !== undefined && (row.url === feed.url || formerFeed.get(feed.url) === row.id) // or it moved
      })
    )
  }
}

/** Returns the function that writes the configured sources; rows that say so already are not written again. */
export function createSync(db: Db): (sources: readonly Source[]) => void {
  const upsertSource =
    db.prepare(`insert into source (id, name, country, language, family, kind, grade, active)
    values (@id, @name, @country, @language, @family, @kind, @grade, 1)
    on conflict (id) do update set name = excluded.name, country = excluded.country, language = excluded.language,
      family = excluded.family, kind = excluded.kind, grade = excluded.grade, active = 1
    where (name, country, language, family, kind, grade, active) is not
      (excluded.name, excluded.country, excluded.language, excluded.family, excluded.kind, excluded.grade, 1)`)
  const upsertFeed =
    db.prepare(`insert into feed (source_id, url, settings) values (@sourceId, @url, @settings)
    on conflict (url) do update set source_id = excluded.source_id, settings = excluded.settings, active = 1
    where (source_id, settings, active) is not (excluded.source_id, excluded.settings, 1)`)
  // A feed that moved is still the one that sources.yaml calls by an old address; a line with the new one goes first.
  const upsertMoved = db.prepare(`update feed set source_id = @sourceId, settings = @settings, active = 1
    where id = @id and (source_id, settings, active) is not (@sourceId, @settings, 1)`)
  const movedFeed = db.prepare('select feed_id from feed_url_history where url = ?').pluck()
  const addressOf = db.prepare('select url from feed where id = ?').pluck()
  const retireFeeds =
    db.prepare(`update feed set active = 0 where active = 1 and url not in (select value from json_each(@urls))
      and id not in (select feed_id from feed_url_history where url in (select value from json_each(@urls)))`)
  const retireSources = db.prepare(
    'update source set active = 0 where active = 1 and id not in (select value from json_each(?))',
  )
  const writeFeed = (sourceId: string, feed: FeedSettings, urls: ReadonlySet<string>): void => {
    const [settings, id] = [JSON.stringify(feed), movedFeed.get(feed.url)]
    if (id === undefined) upsertFeed.run({ sourceId, url: feed.url, settings })
    else if (!urls.has(String(addressOf.get(id)))) upsertMoved.run({ id, sourceId, settings })
  }
  const sync = db.transaction((sources: readonly Source[]) => {
    const urls = new Set(sources.flatMap((source) => source.feeds.map((feed) => feed.url)))
    retireFeeds.run({ urls: JSON.stringify([...urls]) })
    retireSources.run(JSON.stringify(sources.map((source) => source.id)))
    for (const { feeds, ...source } of sources) {
      upsertSource.run({ ...source, country: source.country ?? null, language: source.language ?? null })
      for (const feed of feeds) writeFeed(source.id, feed, urls)
    }
  })
  const isWritten = createComparison(db)
  return (sources) => {
    if (!isWritten(sources)) sync.immediate(sources)
  }
}
