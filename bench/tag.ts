// What tagging costs beside simpler ways: `npm run bench -- tag`. All run in one process and take turns; only ratios count.
import type { Taggable, Topic } from '../src/model/topic.ts'
import { articleWords, compileWatchlist, explainTopic, tagArticle } from '../src/pipeline/tag.ts'
import {
  alternation,
  anySpellings,
  cutWords,
  grouped,
  included,
  includedEach,
  indexed,
  type Way,
} from './tag-others.ts'
import { reports, termsOf } from './tag-texts.ts'

const ROUNDS = 120
const SLICE = 20 // articles, an even share of each language
const HITS_IN = 40 // articles
const articles = reports(80, 500, termsOf(20))

/** Slow engines get a turn in every so many rounds only, and a shorter slice. */
type Engine = { readonly name: string; readonly run: Way; readonly every?: number; readonly slice?: number }
type Result = { readonly us: number; readonly hits: number } // microseconds an article; hits in the first HITS_IN articles

/** What this process has computed so far, in microseconds, the garbage collector too: other programs on the same cores do not count. */
function cpuUs(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

/**
 * Engines take turns in short slices, so that all meet the same disturbances of the machine;
 * the lower quartile of the slices leaves most of those out, and still holds the share of garbage collection.
 */
function race(engines: readonly Engine[]): ReadonlyMap<string, Result> {
  const runs = engines.map((engine) => ({ engine, times: [] as number[] }))
  for (let round = 0; round < ROUNDS; round++) {
    for (const run of runs) {
      const { every = 1, slice = SLICE } = run.engine
      if (round % every !== 0) continue
      const texts = articlesOfRound(round / every, slice)
      const start = cpuUs()
      for (const text of texts) run.engine.run(text)
      run.times.push((cpuUs() - start) / texts.length)
    }
  }
  return new Map(
    runs.map(({ engine, times }) => [engine.name, { us: lowerQuartile(times), hits: hitsOf(engine.run) }]),
  )
}

const hitsOf = (run: Way): number => articlesOfRound(0, HITS_IN).reduce((sum, text) => sum + run(text), 0)

function articlesOfRound(round: number, count: number): readonly Taggable[] {
  return Array.from({ length: count }, (_, at) => articles[(round * count + at) % articles.length] ?? {})
}

function lowerQuartile(times: readonly number[]): number {
  const kept = times.slice(Math.floor(times.length / 4)) // the first ones ran before the compiler of the engine had
  return kept.toSorted((a, b) => a - b)[Math.floor(kept.length / 4)] ?? Number.NaN
}

/** Topics of ten terms each, as lists. */
function topicsOf(terms: readonly string[]): readonly Topic[] {
  return Array.from({ length: Math.ceil(terms.length / 10) }, (_, index) => {
    return { id: `t${index}`, name: `t${index}`, any: terms.slice(index * 10, index * 10 + 10) }
  })
}

/** Raw fields in, matches out. */
function tagging(topics: readonly Topic[]): Way {
  const { watchlist } = compileWatchlist(topics)
  return ({ title = '', body = '' }) =>
    tagArticle(watchlist, { title, body }).reduce((sum, { spans }) => sum + spans.length, 0)
}

function explaining(topics: readonly Topic[]): Way {
  const { watchlist } = compileWatchlist(topics)
  return ({ title = '', body = '' }) => {
    const article = { title, body }
    const words = articleWords(article)
    const matches = tagArticle(watchlist, article, words)
    return matches.reduce(
      (sum, { topicId }) => sum + (explainTopic(watchlist, topicId, article, words)?.terms.length ?? 0),
      0,
    )
  }
}

const BATCHES = [10, 100, 1_000] as const
const BATCH_ROUNDS = 7
const batchArticles = reports(1_000, 500, termsOf(20))

/** How many times as long as tagging a full-text index of a batch takes, filled and asked for each term; both by turns on the same articles. */
function batchRatio(terms: readonly string[], size: number): number {
  const ask = indexed(terms)
  const tag = tagging(topicsOf(terms))
  const ratios = Array.from({ length: BATCH_ROUNDS }, (_, round) => {
    const from = (round * size) % batchArticles.length
    const batch = batchArticles.slice(from, from + size)
    const start = cpuUs()
    ask(batch)
    const middle = cpuUs()
    for (const article of batch) tag(article)
    return (middle - start) / (cpuUs() - middle)
  })
  return ratios.toSorted((one, other) => one - other)[BATCH_ROUNDS >> 1] ?? Number.NaN
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function line(title: string, ratio: number, wanted: number): void {
  const verdict = ratio >= wanted ? 'ok' : 'BELOW'
  say(`${verdict.padEnd(6)}${title}: ${ratio.toFixed(2)}x (wanted ${wanted}x)`)
}

const memory = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
function compiled(terms: readonly string[]): void {
  const topics = topicsOf(terms)
  const before = memory()
  const start = process.cpuUsage()
  const { watchlist } = compileWatchlist(topics)
  const { user, system } = process.cpuUsage(start)
  const ms = (user + system) / 1_000
  const size = (memory() - before) / 2 ** 20
  say(
    `      compile ${terms.length} terms: ${ms.toFixed(0)} ms CPU, ${size.toFixed(0)} MB grown (${watchlist.topicIds.length} topics)`,
  )
}

const NAMES = 'Hossein Mohammad Khamenei Rouhani Soleimani Hezbollah Sistani Qassem Barham Fatima'.split(' ')
const named = (sign: string): readonly Topic[] => [
  ...topicsOf(termsOf(20)),
  { id: 'names', name: 'names', any: NAMES.map((name) => sign + name) },
]
const thousand = termsOf(1_000)
const tenThousand = termsOf(10_000)

const results = race([
  { name: 'words cut by RegExp, nothing looked for', run: cutWords },
  { name: '20 terms', run: tagging(topicsOf(termsOf(20))) },
  { name: '20 terms and ten names', run: tagging(named('')) },
  { name: '20 terms and ten ~names', run: tagging(named('~')) },
  { name: '1,000 terms', run: tagging(topicsOf(thousand)) },
  { name: '1,000 terms, explained', run: explaining(topicsOf(thousand)) },
  { name: '1,000 by one RegExp', run: alternation(thousand), every: 4 },
  { name: '1,000 by one RegExp that says which term', run: grouped(thousand), every: 4 },
  { name: '1,000 by one RegExp that finds the same', run: anySpellings(thousand), every: 40, slice: 4 },
  { name: '1,000 by includes', run: included(thousand), every: 4 },
  { name: '1,000 by includes, lower case each time', run: includedEach(thousand), every: 12, slice: 4 },
  { name: '10,000 terms', run: tagging(topicsOf(tenThousand)) },
  { name: '10,000 by includes', run: included(tenThousand), every: 12, slice: 4 },
  { name: '10,000 by includes, lower case each time', run: includedEach(tenThousand), every: 40, slice: 4 },
  { name: '100,000 terms', run: tagging(topicsOf(termsOf(100_000))) },
])
const time = (name: string): number => results.get(name)?.us ?? Number.NaN
for (const [name, { us, hits }] of results)
  say(
    `      ${us.toFixed(1).padStart(9)} us an article, ${String(hits).padStart(5)} hits in ${HITS_IN}: ${name}`,
  )

line(
  '20 terms against words cut by RegExp',
  time('words cut by RegExp, nothing looked for') / time('20 terms'),
  1,
)
for (const name of ['one RegExp', 'one RegExp that says which term', 'one RegExp that finds the same'])
  line(`1,000 terms against ${name}`, time(`1,000 by ${name}`) / time('1,000 terms'), 10)
for (const name of ['includes', 'includes, lower case each time']) {
  line(`1,000 terms against ${name}`, time(`1,000 by ${name}`) / time('1,000 terms'), 100)
  line(`10,000 terms against ${name}`, time(`10,000 by ${name}`) / time('10,000 terms'), 500)
}
for (const size of BATCHES)
  line(`1,000 terms against FTS5, ${size} articles a batch`, batchRatio(thousand, size), 30)
line('10,000 terms against 20', time('20 terms') / time('10,000 terms'), 0.4)
line('100,000 terms against 20', time('20 terms') / time('100,000 terms'), 0.1)
line(
  'ten ~names against the same names plain',
  time('20 terms and ten names') / time('20 terms and ten ~names'),
  0.5,
)
line('tagging alone against tagging explained', time('1,000 terms') / time('1,000 terms, explained'), 0.8)
compiled(tenThousand)
compiled(termsOf(100_000))
