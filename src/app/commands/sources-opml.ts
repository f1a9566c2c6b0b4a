// presslark sources import and export: OPML, with Presslark's own fields kept both ways.

import { readFileSync } from 'node:fs'
import { parseOpml } from '../../pipeline/parse-opml.ts'
import { opmlEntries, renderOpml } from '../../pipeline/render-opml.ts'
import { loadConfig } from '../config.ts'
import { configFolder } from '../config-folder.ts'
import { CommandError } from '../exit.ts'
import { freshId } from '../fresh-id.ts'
import { numberOf } from '../number-of.ts'
import { appendSources, type NewSource } from '../sources-file.ts'
import { writeWhole } from '../write-whole.ts'

const knownShown = 10

/** A list that is imported again is known from end to end: the first lines say so. */
function shortened(known: readonly string[]): readonly string[] {
  const more = known.length - knownShown
  return more > 0
    ? [...known.slice(0, knownShown), `and ${more} more that are in sources.yaml already`]
    : known
}

/** Adds the good rows to sources.yaml and names the bad ones by line. */
export async function importSources(
  options: { readonly config?: string },
  [file = '']: readonly string[],
): Promise<undefined> {
  const folder = configFolder(options.config)
  const config = await loadConfig(folder)
  const { entries, rejected } = parseOpml(readFileSync(file, 'utf8'))
  const urls = new Set(config.sources.flatMap((source) => source.feeds.map((feed) => feed.url)))
  const ids = new Set(config.sources.map((source) => source.id))
  const fresh: NewSource[] = []
  const known: string[] = []
  for (const entry of entries) {
    if (urls.has(entry.url)) {
      known.push(`line ${entry.line}: ${entry.url} is in sources.yaml already`)
      continue
    }
    const name = entry.title ?? new URL(entry.url).hostname
    const wanted =
      entry.sourceId !== undefined && !ids.has(entry.sourceId) ? entry.sourceId : freshId(name, ids)
    urls.add(entry.url)
    ids.add(wanted)
    const { country, language, kind, grade, family } = entry
    fresh.push({ id: wanted, name, url: entry.url, country, language, kind, grade, family })
  }
  if (fresh.length > 0) appendSources(folder, fresh)
  for (const line of [...shortened(known), ...rejected.map((row) => `line ${row.line}: ${row.because}`)])
    process.stderr.write(`  ${line}\n`)
  process.stdout.write(
    `${numberOf(fresh.length, 'source')} added, ${known.length} known already, ${rejected.length} rejected.\n`,
  )
  if (entries.length === 0)
    throw new CommandError(`${file} lists no feed that could be added`, 'is it an OPML file?')
  return undefined
}

/** Prints or writes the sources as OPML, without credentials. */
export async function exportSources(options: {
  readonly config?: string
  readonly out?: string
}): Promise<undefined> {
  const { sources } = await loadConfig(configFolder(options.config))
  const text = renderOpml(opmlEntries(sources), { title: 'Presslark sources' })
  if (options.out === undefined) process.stdout.write(text)
  else writeWhole(options.out, text)
  return undefined
}
