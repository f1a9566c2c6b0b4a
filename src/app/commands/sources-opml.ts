// presslark sources import and export: OPML, with Presslark's own fields kept both ways.

import { readFileSync } from 'node:fs'
import { decodeBody } from '../../fetch/index.ts'
import type { Source } from '../../model/source.ts'
import { type OpmlReading, parseOpml } from '../../pipeline/parse-opml.ts'
import { opmlEntries, renderOpml } from '../../pipeline/render-opml.ts'
import { acceptableSource } from '../acceptable-source.ts'
import { loadConfig } from '../config.ts'
import { configFolder } from '../config-folder.ts'
import { id } from '../config-values.ts'
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

const bytesMax = 64 * 1024 * 1024

/** The text of a list, whatever its charset: feed readers of old wrote Latin-1, and some Windows programs write UTF-16. */
function readList(file: string): string {
  const decoded = decodeBody(readBytes(file), { bytesMax })
  if (decoded.ok) return decoded.text
  if (decoded.reason === 'empty-body') throw new CommandError(`${file} is empty`, 'export the list once more')
  throw new CommandError(`${file} cannot be read: ${decoded.detail}`, 'export the list once more, as OPML')
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (error) {
    // The system does not say which folder was read as a file.
    throw error instanceof Error ? Object.assign(error, { path: file }) : error
  }
}

type Sorting = {
  readonly fresh: NewSource[]
  readonly known: string[]
  readonly rejected: string[]
  readonly notes: string[]
}

/** Which rows are new and may stand in sources.yaml; the others with their line and the reason. */
function sortRows({ entries, rejected }: OpmlReading, sources: readonly Source[]): Sorting {
  const urls = new Set(sources.flatMap((source) => source.feeds.map((feed) => feed.url)))
  const ids = new Set(sources.map((source) => source.id))
  const sorting: Sorting = { fresh: [], known: [], rejected: rejected.map(rejection), notes: [] }
  for (const entry of entries) {
    const { url, line, country, language, kind, grade, family } = entry
    if (urls.has(url)) {
      sorting.known.push(`line ${line}: ${url} is in sources.yaml already`)
      continue
    }
    const host = new URL(url).hostname
    const name = entry.title ?? host
    const id = ownId(entry.sourceId, ids) ?? freshId(name, host, ids)
    const accepted = acceptableSource({ id, name, url, country, language, kind, grade, family })
    if ('because' in accepted) {
      sorting.rejected.push(rejection({ line, because: accepted.because }))
      continue
    }
    urls.add(url)
    ids.add(id)
    sorting.fresh.push(accepted.source)
    for (const left of accepted.leftOut) sorting.notes.push(`line ${line}: added without its ${left}`)
  }
  return sorting
}

function rejection({ line, because }: { readonly line: number; readonly because: string }): string {
  return `line ${line}: ${because}`
}

function ownId(wanted: string | undefined, taken: ReadonlySet<string>): string | undefined {
  return wanted !== undefined && id.safeParse(wanted).success && !taken.has(wanted) ? wanted : undefined
}

/** Adds the good rows to sources.yaml and names the bad ones by line. */
export async function importSources(
  options: { readonly config?: string },
  [file = '']: readonly string[],
): Promise<undefined> {
  const folder = configFolder(options.config)
  const config = await loadConfig(folder)
  const reading = parseOpml(readList(file))
  const { fresh, known, rejected, notes } = sortRows(reading, config.sources)
  if (fresh.length > 0) appendSources(folder, fresh)
  for (const line of [...shortened(known), ...notes, ...rejected]) process.stderr.write(`  ${line}\n`)
  process.stdout.write(
    `${numberOf(fresh.length, 'source')} added, ${known.length} known already, ${rejected.length} rejected.\n`,
  )
  if (reading.entries.length === 0)
    throw new CommandError(`${file} lists no feed that could be added`, 'is it an OPML file?')
  if (fresh.length > 0)
    process.stderr.write(
      `Look them over in ${folder}/sources.yaml (country, language, kind, grade), then: presslark sources check\n`,
    )
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
