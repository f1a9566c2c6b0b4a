// presslark search: the boolean language over the archive.

import { parseQuery } from '../../pipeline/query.ts'
import { ADVICE } from '../../pipeline/query-error.ts'
import { toFtsQuery } from '../../pipeline/search-query.ts'
import { markedPlace, problemMessage } from '../../pipeline/topic-problem.ts'
import type { SearchHit } from '../../store/index.ts'
import { CommandError, exitCodes } from '../exit.ts'
import { numberOf } from '../number-of.ts'
import { openPlainArchive } from '../plain-archive.ts'
import { print } from '../print.ts'
import { rowLimit } from '../row-limit.ts'
import { searchArchive } from '../search-archive.ts'
import { parseTime } from '../span.ts'
import { printable, printJson, shortTime } from '../terminal.ts'

type SearchOptions = {
  readonly config?: string
  readonly since?: string
  readonly limit: string
  readonly order: string
  readonly json?: boolean
}

function orderOf(text: string): 'newest' | 'best' {
  if (text !== 'newest' && text !== 'best')
    throw new CommandError(`--order ${text} is neither newest nor best`, undefined, exitCodes.usage)
  return text
}

function hitLines({ firstSeenAt, sourceName, title, summary, url }: SearchHit): string {
  const address = url === undefined ? '' : `  ${printable(url)}\n`
  return `${shortTime(firstSeenAt)}  ${printable(sourceName)}\n  ${printable(title || summary.slice(0, 100))}\n${address}`
}

function found(count: number, limit: number): string {
  if (count === 0) return 'Nothing found.'
  return `${numberOf(count, 'article')}${count === limit ? ' (more may match; raise --limit)' : ''}`
}

/** Says why a text that seems to be meant as a query is looked for word by word. */
function noteMistake(text: string): void {
  const parsed = parseQuery(text)
  if (parsed.ok) return
  const why = problemMessage(text, parsed.problem)
  process.stderr.write(`note: looked for word by word, since it is no query: ${why}\n`)
}

/** Says which word of a search that found nothing looks like an operator. */
function noteLowerCase(text: string): void {
  const parsed = parseQuery(text)
  const lower = parsed.ok && parsed.warnings.find(({ code }) => code === 'W_LOWERCASE_OPERATOR')
  if (!lower) return
  process.stderr.write(`note: ${problemMessage(text, lower)}; ${ADVICE[lower.code]}\n`)
}

/** Prints the articles that match. */
export async function search(options: SearchOptions, words: readonly string[]): Promise<undefined> {
  const text = words.join(' ')
  const [limit, order] = [rowLimit(options.limit), orderOf(options.order)]
  const { store } = await openPlainArchive(options.config)
  const query = toFtsQuery(text, store.search.wordsBeginning)
  if (!query.ok) {
    store.close()
    throw new CommandError(
      [query.message, ...markedPlace(text, query.offset)].join('\n'),
      `${query.hint}; the language is described in docs/topics.md`,
      exitCodes.usage,
    )
  }
  if (query.literal) noteMistake(text)
  const since = options.since === undefined ? {} : { since: parseTime(options.since, Date.now()) }
  const hits = searchArchive(store, query, { limit, order, ...since })
  store.close()
  if (hits.length === 0) noteLowerCase(text)
  if (options.json) return void printJson(hits)
  print(`${hits.map(hitLines).join('')}${found(hits.length, limit)}\n`)
  return undefined
}
