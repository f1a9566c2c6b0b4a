// presslark editions list: what was issued.
import { openArchive } from '../archive.ts'
import { rowLimit } from '../row-limit.ts'
import { table } from '../table.ts'
import { printJson, shortTime } from '../terminal.ts'

type ListOptions = { readonly config?: string; readonly limit: string; readonly json?: boolean }

/** Lists editions, newest first. */
export async function listEditions(options: ListOptions, [digest]: readonly string[]): Promise<undefined> {
  const limit = rowLimit(options.limit)
  const { store } = await openArchive(options.config)
  const rows = store.editions.list(digest, limit)
  store.close()
  if (options.json) return void printJson(rows)
  if (rows.length === 0)
    return void process.stdout.write(
      'No edition yet: `presslark run` issues each at its time, `presslark digest` at once.\n',
    )
  process.stdout.write(
    table(
      ['edition', 'from', 'until', 'issued', 'manifest'],
      rows.map(({ digestId, number, window, createdAt, manifest }) => [
        `${digestId}/${number}`,
        shortTime(window.from),
        shortTime(window.until),
        shortTime(createdAt),
        manifest.slice(0, 16),
      ]),
    ),
  )
  return undefined
}
