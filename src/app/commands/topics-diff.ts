// presslark topics diff: what the rules in topics.yaml would change before they are in force.

import type { Span } from '../../model/topic.ts'
import { compareRules, type RuleDiff } from '../../pipeline/rule-diff.ts'
import { compileWatchlist, type Explanation } from '../../pipeline/tag.ts'
import type { ArchivedArticle, Store } from '../../store/index.ts'
import { openArchive } from '../archive.ts'
import { chosenTopics } from '../chosen-topics.ts'
import { numberOf } from '../number-of.ts'
import { type RuleState, rulesInForce } from '../rules-in-force.ts'
import { scannedArticles } from '../scanned-articles.ts'
import { parseTime } from '../span.ts'
import { printable, printJson, shortTime } from '../terminal.ts'
import { printTopicWarnings } from '../topic-warnings.ts'
import { whyNot, wordsAt } from '../why-not.ts'

type DiffOptions = { readonly config?: string; readonly json?: boolean; readonly since: string }
type Line = { readonly state: RuleState; readonly diff: RuleDiff<Row> | undefined } // undefined: the rule is in force

const samplesShown = 10

/** Runs the changed topics with both rules over the archive; nothing is put in force. */
function compare(store: Store, states: readonly RuleState[], since: number, most: number): readonly Line[] {
  const changed = states.filter(({ isChanged }) => isChanged)
  const older = compileWatchlist(changed.flatMap(({ inForce }) => inForce?.topic ?? []))
  const newer = compileWatchlist(changed.map(({ topic }) => topic))
  const ids = changed.map(({ topic }) => topic.id)
  const rules = changed.flatMap(({ topic, inForce }) => [
    topic,
    ...(inForce === undefined ? [] : [inForce.topic]),
  ])
  const articles = ids.length === 0 ? [] : scannedArticles(store, rules, since, 'comparing')
  const diffs = compareRules(ids, [older.watchlist, newer.watchlist], articles, {
    gained,
    lost,
    most,
  })
  const byId = new Map(diffs.map((diff) => [diff.topicId, diff]))
  return states.map((state) => ({ state, diff: byId.get(state.topic.id) }))
}

function facts({ articleId, title, summary = '', url, source, firstSeenAt }: ArchivedArticle) {
  return { articleId, title: title || summary.slice(0, 100), url, source, firstSeenAt }
}

type Row = ReturnType<typeof facts> & { readonly because: string }

function gained(article: ArchivedArticle, spans: readonly Span[]): Row {
  const words = [...new Set(spans.map((span) => `"${wordsAt(article, span)}"`))]
  return { ...facts(article), because: words.length > 0 ? words.join(', ') : 'by its metadata' }
}

function lost(article: ArchivedArticle, missing: Explanation['missing']): Row {
  return { ...facts(article), because: whyNot(article, missing) }
}

function toJson({ state, diff }: Line) {
  return {
    topicId: state.topic.id,
    version: state.inForce?.version ?? null, // null: not in force yet
    changed: state.isChanged,
    before: diff?.before ?? null, // null: unchanged, so nothing was counted
    after: diff?.after ?? null,
    gained: diff?.gained ?? [],
    lost: diff?.lost ?? [],
  }
}

function printRows(sign: string, rows: readonly Row[], count: number): void {
  for (const { firstSeenAt, source, title, because } of rows) {
    process.stdout.write(
      `  ${sign} ${shortTime(firstSeenAt)}  ${printable(source ?? '')}  ${printable(title)}\n`,
    )
    process.stdout.write(`      ${printable(because)}\n`)
  }
  if (count > rows.length)
    process.stdout.write(`  ${sign} and ${count - rows.length} more; --json lists all\n`)
}

function printTopic({ state, diff }: Line): void {
  const { topic, inForce } = state
  if (diff === undefined)
    return void process.stdout.write(`${topic.id}: as in force (v${inForce?.version})\n`)
  const { before, after, gainedCount, lostCount } = diff
  const rule = inForce === undefined ? 'new' : `changed since v${inForce.version}`
  process.stdout.write(
    `${topic.id}: ${rule}: ${numberOf(before, 'article')} before, ${after} after, ${gainedCount} gained, ${lostCount} lost\n`,
  )
  printRows('+', diff.gained, gainedCount)
  printRows('-', diff.lost, lostCount)
}

/** Compares topics.yaml with the rules in force, on the articles first seen since `--since`. */
export async function diffTopics(options: DiffOptions, [id]: readonly string[]): Promise<undefined> {
  const since = parseTime(options.since, Date.now())
  const { store, config } = await openArchive(options.config)
  const ids = chosenTopics(config, id)
  printTopicWarnings(config, ids)
  const states = rulesInForce(
    store,
    config.topics.filter((topic) => ids.includes(topic.id)),
  )
  const lines = compare(store, states, since, options.json ? Number.POSITIVE_INFINITY : samplesShown)
  store.close()
  if (options.json) return void printJson(lines.map(toJson))
  const shown = id === undefined ? lines.filter(({ state }) => state.isChanged) : lines
  for (const line of shown) printTopic(line)
  if (shown.length === 0) process.stdout.write('topics.yaml says what is in force already.\n')
  return undefined
}
