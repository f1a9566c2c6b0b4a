// presslark topics test: what a rule catches, by which of its terms.

import type { Match, Taggable } from '../../model/topic.ts'
import { articleWords, explainTopic, matchingTerms, tagArticle } from '../../pipeline/tag.ts'
import { auditTerms, type TermLine } from '../../pipeline/term-audit.ts'
import type { Store } from '../../store/index.ts'
import { openArchive } from '../archive.ts'
import { chosenTopics } from '../chosen-topics.ts'
import { type Config, loadConfig } from '../config.ts'
import { configFolder } from '../config-folder.ts'
import { numberOf } from '../number-of.ts'
import { scannedArticles } from '../scanned-articles.ts'
import { parseTime } from '../span.ts'
import { printable, printJson } from '../terminal.ts'
import { printTopicWarnings } from '../topic-warnings.ts'
import { whyNot, wordsAt } from '../why-not.ts'

type TestOptions = {
  readonly config?: string
  readonly json?: boolean
  readonly text?: string
  readonly since: string
}

function describe(article: Taggable, match: Match): string {
  const places = match.spans.map(
    (span) => `${span.field} "${printable(wordsAt(article, span))}" (term ${printable(span.term)})`,
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
  if (matches.length > 0) return
  const [only = ''] = ids
  const explanation = ids.length === 1 ? explainTopic(config.compiled, only, article) : undefined
  process.stdout.write(
    explanation === undefined
      ? 'No topic matches.\n'
      : `${only}: no match: ${printable(whyNot(article, explanation.missing))}\n`,
  )
}

type Row = {
  readonly topicId: string
  readonly articles: number
  readonly terms: readonly TermLine[]
  readonly samples: readonly string[]
}

const samplesShown = 5

/** Tags the archive with the rules of topics.yaml. */
function testArchive(store: Store, config: Config, ids: readonly string[], since: number): readonly Row[] {
  const found = ids.map((topicId) => ({
    topicId,
    articles: 0,
    audit: auditTerms(config.compiled, topicId),
    samples: [] as string[],
  }))
  const byId = new Map(found.map((line) => [line.topicId, line]))
  const topics = config.topics.filter(({ id }) => byId.has(id))
  for (const article of scannedArticles(store, topics, since, 'tagging')) {
    const words = articleWords(article)
    for (const { topicId } of tagArticle(config.compiled, article, words)) {
      const line = byId.get(topicId)
      if (line === undefined) continue
      line.articles++
      line.audit.count(matchingTerms(config.compiled, topicId, article, words))
      if (line.samples.length < samplesShown) line.samples.push(article.title ?? '')
    }
  }
  return found.map(({ audit, ...line }) => ({ ...line, terms: audit.lines() }))
}

function printRow({ topicId, articles, terms, samples }: Row): void {
  process.stdout.write(`${topicId}: ${numberOf(articles, 'article')}\n`)
  for (const { term, articles: count, alone, note } of terms.filter((line) => line.articles > 0)) {
    const said = note === 'noisy' ? `  noisy: alone in ${alone}` : ''
    process.stdout.write(`    ${String(count).padStart(5)}  ${printable(term)}${said}\n`)
  }
  const dead = terms.filter(({ note }) => note === 'dead').map(({ term }) => printable(term))
  if (dead.length > 0) process.stdout.write(`        0  dead: ${dead.join(', ')}\n`)
  for (const sample of samples) process.stdout.write(`    e.g.   ${printable(sample)}\n`)
}

function printLegend(rows: readonly Row[]): void {
  const notes = new Set(rows.flatMap(({ terms }) => terms.map(({ note }) => note)))
  if (notes.has('dead')) process.stdout.write('dead: the term brought no article in this time\n')
  if (notes.has('noisy'))
    process.stdout.write(
      "noisy: in more than half of the topic's articles this is the only term of the topic that occurs\n",
    )
}

/** Tries topics on a text, or on the archive: hits, hits per term, and samples. */
export async function testTopics(options: TestOptions, [id]: readonly string[]): Promise<undefined> {
  if (options.text !== undefined) {
    const config = await loadConfig(configFolder(options.config))
    const ids = chosenTopics(config, id)
    printTopicWarnings(config, ids)
    testText(config, ids, options.text, options.json ?? false)
    return undefined
  }
  const since = parseTime(options.since, Date.now())
  const { store, config } = await openArchive(options.config)
  const ids = chosenTopics(config, id)
  printTopicWarnings(config, ids)
  const rows = testArchive(store, config, ids, since)
  store.close()
  if (options.json) return void printJson(rows)
  for (const row of rows) printRow(row)
  printLegend(rows)
  return undefined
}
