// node bench/old-archive.ts FOLDER ARTICLES: fills the database of the desk in FOLDER with so many articles, a thousand a day until now,
// with their sightings, stories, matches and words, and with the log of the fetches that brought them.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openRoom, type Room } from '../src/app/start.ts'
import { foldText } from '../src/text/fold.ts'
import { itemOf } from './archive-items.ts'

const [folder = '', count = '0'] = process.argv.slice(2)
const articles = Number(count)
const perDay = 1_000
const perCommit = 500
const dayMs = 86_400_000
const stepMs = dayMs / perDay
const storyReports = 3 // of one story, one after the other
const matchEvery = 3
const keptFetchesMs = 120 * dayMs // as the configuration has it
const pollMs = 2 * 3_600_000
const until = Date.now()

function keep({ store, config }: Room, number: number, storyId: number): void {
  const feedId = (number % config.sources.length) + 1
  const at = Math.round(until - (articles - number) * stepMs)
  const url = `https://outlet${feedId}.example/old/${number}`
  const item = { ...itemOf(number), url, publishedAt: at }
  const kept = {
    item,
    sourceId: `s${feedId - 1}`,
    feedId,
    urlKey: url.slice('https://'.length),
    language: 'en',
  }
  const articleId = store.articles.insert({ ...kept, firstSeenAt: at, storyId, storyBecause: 'first' })
  const sighting = { articleId, feedId, itemKey: `g${number}`, contentHash: 'h'.repeat(22), item, seenAt: at }
  store.articles.addSighting({ ...sighting, because: 'first' })
  const [title = '', summary = '', body = ''] = [item.title ?? '', item.summary, item.text].map(foldText)
  store.search.indexText({ articleId, title, summary, body, author: '' })
  const topic = config.topics[Math.floor(number / matchEvery) % config.topics.length]
  if (number % matchEvery === 0 && topic !== undefined) {
    const spans = [{ field: 'summary', start: 0, end: 6, term: 'report' }] as const
    store.topics.addMatches(articleId, [{ topicId: topic.id, spans }])
  }
}

function fill(room: Room): void {
  for (let from = 0; from < articles; from += perCommit)
    room.store.transaction(() => {
      let storyId = 0
      for (let number = from; number < Math.min(articles, from + perCommit); number++) {
        if ((number - from) % storyReports === 0)
          storyId = room.store.stories.create(Math.round(until - (articles - number) * stepMs))
        keep(room, number, storyId)
      }
    })
}

/** Every feed was polled every two hours, as far back as the log is kept. */
function logFetches(path: string, feeds: number): void {
  const polls = Math.floor(Math.min((articles / perDay) * dayMs, keptFetchesMs) / pollMs)
  const db = new Database(path)
  db.exec(`with recursive polls (n) as (select 0 union all select n + 1 from polls where n + 1 < ${polls * feeds})
    insert into fetch (feed_id, at, duration_ms, outcome, new_articles)
    select n % ${feeds} + 1, ${until} - (${polls} - n / ${feeds}) * ${pollMs}, 5, 'fetched', 1 from polls where ${polls} > 0`)
  db.pragma('wal_checkpoint(truncate)')
  db.close()
}

const room = await openRoom({ config: join(folder, 'config') })
fill(room)
const path = room.config.settings.databasePath
room.store.close()
logFetches(path, room.config.sources.length)
