// presslark topics test: what a rule would catch.

import type { Match, Taggable } from '../../model/topic.ts'
import { explainTopic, tagArticle } from '../../pipeline/tag.ts'
import { openArchive } from '../archive.ts'
import { chosenTopics } from '../chosen-topics.ts'
import { type Config, configFolder, loadConfig } from '../config.ts'
import { parseTime } from '../span.ts'
import { printable, printJson } from '../terminal.ts'

type TopicOptions = {
  readonly config?: string
  readonly json?: boolean
  readonly text?: string
  readonly since: string
}

function describe(article: Taggable, match: Match): string {
  const places = match.spans.map(
    (span) =>
      `${span.field} "${printable((article[span.field] ?? '').slice(span.start, span.end))}" (term ${printable(span.term)})`,
  )
  return `${match.topicId}: ${places.length > 0 ? places.join(', ') : 'by its metadata'}`
}

function testText(config: Config, ids: readonly string[], text: string, json: boolean): void {
  const article: Taggable = { title: '', summary: text }
  const matches = tagArticle(config.compiled, article).filter((match) => ids.includes(match.topicId))
  if (json) {
    printJson(matches)
    return
  }
  for (const match of matches) process.stdout.write(`${describe(article, match)}\n`)
  if (matches.length === 0 && ids.length === 1) {
    process.stdout.write(
      `${ids[0]}: no match\n${JSON.stringify(explainTopic(config.compiled, ids[0] ?? '', article), null, 2)}\n`,
    )
  } else if (matches.length === 0) process.stdout.write('No topic matches.\n')
}

/** Tries topics on a text, or on the archive: hits, hits per term, and samples. */
export async function testTopics(options: TopicOptions, [id]: readonly string[]): Promise<undefined> {
  if (options.text !== undefined) {
    const config = loadConfig(configFolder(options.config))
    testText(config, chosenTopics(config, id), options.text, options.json ?? false)
    return undefined
  }
  const { store, config } = openArchive(options.config)
  const ids = chosenTopics(config, id)
  const found = ids.map((topicId) => ({
    topicId,
    articles: 0,
    terms: new Map<string, number>(),
    samples: [] as string[],
  }))
  const byId = new Map(found.map((line) => [line.topicId, line]))
  for (const article of store.articles.taggables(parseTime(options.since, Date.now()))) {
    for (const match of tagArticle(config.compiled, article)) {
      const line = byId.get(match.topicId)
      if (line === undefined) continue
      line.articles++
      if (line.samples.length < 5) line.samples.push(article.title ?? '')
      for (const term of new Set(match.spans.map((span) => span.term)))
        line.terms.set(term, (line.terms.get(term) ?? 0) + 1)
    }
  }
  store.close()
  const rows = found.map((line) => ({
    ...line,
    terms: Object.fromEntries([...line.terms].toSorted((a, b) => b[1] - a[1])),
  }))
  if (options.json) return void printJson(rows)
  for (const row of rows) {
    process.stdout.write(`${row.topicId}: ${row.articles} articles\n`)
    for (const [term, count] of Object.entries(row.terms))
      process.stdout.write(`    ${String(count).padStart(5)}  ${printable(term)}\n`)
    for (const sample of row.samples) process.stdout.write(`    e.g.   ${printable(sample)}\n`)
  }
  return undefined
}
