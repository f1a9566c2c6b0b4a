// presslark stats: what the archive holds.
import { openArchive } from '../archive.ts'
import { parseTime } from '../span.ts'
import { table } from '../table.ts'
import { printJson, shortTime } from '../terminal.ts'

type StatsOptions = { readonly config?: string; readonly since: string; readonly json?: boolean }

function printList(title: string, rows: readonly (readonly [string, number])[]): void {
  if (rows.length > 0)
    process.stdout.write(
      `\n${table(
        [title, 'articles'],
        rows.map(([name, count]) => [name, String(count)]),
      )}`,
    )
}

/** Prints counts, and per day, topic and source those since `--since`. */
export async function stats(options: StatsOptions): Promise<undefined> {
  const { store } = await openArchive(options.config)
  const found = store.stats(parseTime(options.since, Date.now()))
  store.close()
  if (options.json) return void printJson(found)
  const { byDay, byTopic, bySource, newestAt, ...counts } = found
  process.stdout.write(
    table(
      ['what', 'count'],
      Object.entries(counts).map(([name, count]) => [name, String(count)]),
    ),
  )
  process.stdout.write(`newest article ${shortTime(newestAt)}\n`)
  printList(
    'day',
    byDay.map((row) => [row.day, row.articles]),
  )
  printList(
    'topic',
    byTopic.map((row) => [row.topicId, row.articles]),
  )
  printList(
    'source',
    bySource.map((row) => [row.sourceId, row.articles]),
  )
  return undefined
}
