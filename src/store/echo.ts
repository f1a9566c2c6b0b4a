// What copies and stories are told by: the recent reports as numbers, and what was learned from all of them.
import type { Instant } from '../model/time.ts'
import type { Db } from './connection.ts'
import { createSnapshots } from './echo-snapshot.ts'
import { withoutNulls } from './row.ts'

/** A report as it was taken in. `report` is for whoever wrote it. */
export type EchoRow = {
  readonly id: number
  readonly articleId: number
  readonly storyId?: number // absent for copies and revised texts
  readonly sourceId: string
  readonly at: Instant
  readonly seenAt: Instant
  readonly language?: string
  readonly report: Uint8Array
}

/** What was learned from the reports up to `afterId`. */
export type EchoMemory = {
  readonly afterId: number
  readonly lastArticleId: number
  readonly takenAt: Instant
  readonly words: Uint8Array
  readonly stems: Uint8Array
  readonly titles: Uint8Array
  readonly heard: Readonly<Record<string, number>>
}

type RawRow = [number, number, number | null, string, number, number, string | null, Uint8Array]

function createRead(db: Db) {
  // Columns in a list, not objects: a start reads a hundred thousand of them.
  const columns = 'id, article_id, story_id, source_id, at, seen_at, language, report'
  const select = db.prepare(`select ${columns} from echo where id > ? order by id`).raw()
  const latestOf = db
    .prepare(
      `select ${columns} from echo where id in (
        select id from echo where story_id = @storyId and id <= @lastId order by id desc limit @most
      ) order by id`,
    )
    .raw()
  return {
    /** The reports kept with ids above `afterId`, in the order in which they came. Do not await inside. */
    reports: function* (afterId = 0): Generator<EchoRow> {
      for (const row of select.iterate(afterId)) yield toRow(row as RawRow) // the columns above
    },
    /** Of those of one story with ids up to `lastId` the latest, oldest first. */
    latestOf: (storyId: number, lastId: number, most: number): readonly EchoRow[] =>
      latestOf.all({ storyId, lastId, most }).map((row) => toRow(row as RawRow)), // the columns above
  }
}

function toRow([id, articleId, storyId, sourceId, at, seenAt, language, report]: RawRow): EchoRow {
  return {
    id,
    articleId,
    sourceId,
    at,
    seenAt,
    report,
    ...(storyId === null ? {} : { storyId }),
    ...(language === null ? {} : { language }),
  }
}

function createMemory(db: Db) {
  const load = db.prepare(
    `select after_id as afterId, last_article_id as lastArticleId, taken_at as takenAt, words, stems, titles, heard
    from echo_memory where id = 1`,
  )
  const save =
    db.prepare(`insert into echo_memory (id, after_id, last_article_id, taken_at, words, stems, titles, heard)
    values (1, @afterId, (select coalesce(max(id), 0) from article),
      @takenAt, @words, @stems, @titles, @heard)
    on conflict (id) do update set after_id = excluded.after_id, last_article_id = excluded.last_article_id, taken_at = excluded.taken_at, words = excluded.words,
      stems = excluded.stems, titles = excluded.titles, heard = excluded.heard`)
  return {
    /** What was learned, undefined when nothing was noted yet. */
    memory: (): EchoMemory | undefined => {
      const row = load.get()
      if (row === undefined) return undefined
      const { heard, ...rest } = withoutNulls<Omit<EchoMemory, 'heard'> & { readonly heard: string }>(row)
      return { ...rest, heard: JSON.parse(heard) }
    },
    /** Notes what was learned. */
    remember: ({ heard, ...memory }: Omit<EchoMemory, 'lastArticleId'>): void => {
      save.run({ ...memory, heard: JSON.stringify(heard) })
    },
  }
}

/** The part of the store that lets a start go on where the last run ended. */
export function createEchoStore(db: Db) {
  const add = db.prepare(`insert into echo (article_id, story_id, source_id, at, seen_at, language, report)
    values (?, ?, ?, ?, ?, ?, ?)`) // by place: binding by name takes half as long again
  // The first reports that no copy is looked for any more. They go by when they came: a report dated years back that came today
  // may be copied today.
  const forget = db.prepare(`delete from echo
    where id < coalesce((select min(id) from echo where seen_at >= @copiesSince), 9e18)
      and id <= (select after_id from echo_memory)
      and id < (select max(id) from echo) -- the last one stays, or its id would be given again
      and (story_id is null or not exists (
        select 1 from echo later where later.story_id = echo.story_id and later.seen_at >= @storiesSince))`)
  return {
    ...createMemory(db),
    ...createRead(db),
    ...createSnapshots(db),
    /** Keeps a report and returns its id. */
    add: ({ articleId, storyId, sourceId, at, seenAt, language, report }: Omit<EchoRow, 'id'>): number => {
      const values = [articleId, storyId ?? null, sourceId, at, seenAt, language ?? null, report]
      const { lastInsertRowid } = add.run(...values)
      return Number(lastInsertRowid)
    },
    /** Forgets what came too long ago to be copied, of stories without a report since then; never what was not learned from. */
    forget: (since: { readonly copiesSince: Instant; readonly storiesSince: Instant }): void => {
      forget.run(since)
    },
  }
}
