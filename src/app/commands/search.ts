// presslark search: the boolean language over the archive, newest first.
import { toFtsQuery } from '../../pipeline/search-query.ts'
import { openArchive } from '../archive.ts'
import { CommandError, exitCodes } from '../exit.ts'
import { rowLimit } from '../row-limit.ts'
import { parseTime } from '../span.ts'
import { printable, printJson, shortTime } from '../terminal.ts'

type SearchOptions = {
  readonly config?: string
  readonly since?: string
  readonly limit: string
  readonly json?: boolean
}

/** Prints the newest articles that match. */
export async function search(options: SearchOptions, words: readonly string[]): Promise<undefined> {
  const text = words.join(' ')
  const query = toFtsQuery(text)
  if (!query.ok) {
    const caret = query.offset === undefined ? '' : `\n    ${text}\n    ${' '.repeat(query.offset)}^`
    throw new CommandError(
      `${query.message}${caret}`,
      'the language is described in docs/topics.md',
      exitCodes.usage,
    )
  }
  const limit = rowLimit(options.limit)
  const { store } = openArchive(options.config)
  const since = options.since === undefined ? {} : { since: parseTime(options.since, Date.now()) }
  const hits = store.search.search(query.expression, { limit, where: query.where, ...since })
  store.close()
  if (options.json) return void printJson(hits)
  for (const hit of hits) {
    process.stdout.write(
      `${shortTime(hit.firstSeenAt)}  ${printable(hit.sourceName)}\n  ${printable(hit.title || hit.summary.slice(0, 100))}\n${hit.url === undefined ? '' : `  ${printable(hit.url)}\n`}`,
    )
  }
  process.stdout.write(
    hits.length === 0
      ? 'Nothing found.\n'
      : `${hits.length} article${hits.length === 1 ? '' : 's'}${hits.length === limit ? ' (more may match; raise --limit)' : ''}\n`,
  )
  return undefined
}
