// Makes the tables say what sources.yaml says.
import type { FeedSettings, Source } from '../model/source.ts'
import type { Db } from './connection.ts'

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
  return (sources) => sync.immediate(sources)
}
