// presslark topics suggest: how the archive spells a name, ready to paste.
import { findSpellings, type Spellings } from '../../pipeline/spellings.ts'
import type { ArchivedArticle } from '../../store/index.ts'
import { openArchive } from '../archive.ts'
import { CommandError, exitCodes } from '../exit.ts'
import { scannedArticles } from '../scanned-articles.ts'
import { parseTime } from '../span.ts'
import { table } from '../table.ts'
import { printJson, shortTime } from '../terminal.ts'

type SuggestOptions = { readonly config?: string; readonly json?: boolean; readonly since: string }

/** A term as an entry of a YAML list. */
function yamlEntry(term: string): string {
  return /^[~\p{L}][\p{L}\p{M}\p{N} '’‘\u200c-]*$/u.test(term) ? term : JSON.stringify(term)
}

function printSpellings({ term, spellings }: Spellings<ArchivedArticle>): void {
  if (spellings.length === 0) {
    process.stdout.write(
      `Nothing in the archive is spelled like ${term}; try a longer --since, or the name in another script.\n`,
    )
    return
  }
  process.stdout.write(
    table(
      ['articles', 'spelling', 'newest', 'headline'],
      spellings.map(({ articles, written, hasPrefix, newest }) => [
        String(articles),
        hasPrefix ? `${written} (with a prefix)` : written,
        shortTime(newest.firstSeenAt),
        newest.title || (newest.summary ?? ''),
      ]),
    ),
  )
  const listed = spellings.filter(({ hasPrefix }) => !hasPrefix).map(({ written }) => yamlEntry(written))
  process.stdout.write(`\nOne term finds all of these:  any: [${yamlEntry(term)}]\n`)
  if (listed.length > 0) process.stdout.write(`One by one:  any: [${listed.join(', ')}]\n`)
}

/** Prints the spellings of a name with counts and the newest article of each. */
export async function suggestSpellings(
  options: SuggestOptions,
  words: readonly string[],
): Promise<undefined> {
  const since = parseTime(options.since, Date.now())
  const { store } = await openArchive(options.config)
  const name = words.join(' ')
  const found = findSpellings(name, (topic) => scannedArticles(store, [topic], since, 'reading'))
  store.close()
  if ('code' in found) throw new CommandError(`${found.code}: ${found.message}`, found.hint, exitCodes.usage)
  if (!options.json) return void printSpellings(found)
  const spellings = found.spellings.map(({ newest: { articleId, title, url, firstSeenAt }, ...rest }) => {
    return { ...rest, newest: { articleId, title, url, firstSeenAt } }
  })
  return void printJson({ term: found.term, spellings })
}
