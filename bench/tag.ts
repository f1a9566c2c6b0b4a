// What tagging costs beside simpler ways: `node bench/tag.ts`. All engines run in one process, taking turns; only ratios count.
import type { Taggable, Topic } from '../src/model/topic.ts'
import type { ArticleWords } from '../src/pipeline/match-scan.ts'
import { articleWords, compileWatchlist, explainTopic, tagArticle } from '../src/pipeline/tag.ts'

const WORDS_PER_ARTICLE = 500
const ARTICLES = 40
const ROUNDS = 120
const SLOW_EVERY = 12 // rounds
const SLICE = 20 // articles

/** A small deterministic generator (xorshift), so that every run sees the same texts. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

const random = generator(20_261_122)
const LATIN = 'etaoinshrdlcumwfgypbvk'
const ARABIC = 'اليمونترسدبعهكفقحشجصطخيةى'

function word(letters: string): string {
  const length = 2 + Math.floor(random() * 8)
  return Array.from({ length }, () => letters.charAt(Math.floor(random() ** 1.6 * letters.length))).join('')
}

const vocabulary = [LATIN, ARABIC].map((letters) => Array.from({ length: 30_000 }, () => word(letters)))

function commonWord(language: number): string {
  return vocabulary[language]?.[Math.floor(random() ** 3 * 30_000)] ?? ''
}

function article(index: number): string {
  const words = Array.from({ length: WORDS_PER_ARTICLE }, (_, at) => {
    const written = commonWord(index % 2)
    return at % 12 === 11 ? `${written}.` : at % 40 === 7 ? `${written},` : written
  })
  return words.join(' ')
}

const articles = Array.from({ length: ARTICLES }, (_, index) => article(index))

/** Terms of one to three words, rare ones as names and places are: letters of the texts, but only a few do occur in them. */
function termsOf(count: number): readonly string[] {
  const terms = new Set<string>()
  while (terms.size < count) {
    const [letters, ending] = terms.size % 2 === 0 ? [LATIN, 'x'] : [ARABIC, 'ث']
    const words = Array.from({ length: 1 + (terms.size % 3) }, () => word(letters) + ending)
    terms.add(words.join(' '))
  }
  const list = [...terms]
  for (let at = 0; at < ARTICLES; at++) articles[at] = `${articles[at]} ${list[at % 10]}`
  return list
}

/** Topics of ten terms each, as lists. */
function topicsOf(terms: readonly string[]): readonly Topic[] {
  return Array.from({ length: Math.ceil(terms.length / 10) }, (_, index) => {
    return { id: `t${index}`, name: `t${index}`, any: terms.slice(index * 10, index * 10 + 10) }
  })
}

type Engine = { readonly name: string; readonly run: (text: string) => number; readonly slow?: boolean }

/**
 * Milliseconds an article. Engines take turns in short slices, so that all meet the same disturbances of the machine;
 * the lower quartile of the slices leaves most of those out, and still holds the share of garbage collection.
 */
function race(engines: readonly Engine[]): ReadonlyMap<string, number> {
  const slices = new Map<string, number[]>(engines.map(({ name }) => [name, []]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name, run, slow } of engines) {
      if (slow === true && round % SLOW_EVERY !== 0) continue
      const texts = articlesOfRound(round, slow === true ? 2 : SLICE)
      const start = performance.now()
      for (const text of texts) sink += run(text)
      slices.get(name)?.push((performance.now() - start) / texts.length)
    }
  }
  return new Map([...slices].map(([name, times]) => [name, lowerQuartile(times)]))
}

/** An even number of articles, so that both halves of the languages are in each slice. */
function articlesOfRound(round: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => articles[(round * count + at) % ARTICLES] ?? '')
}

function lowerQuartile(times: readonly number[]): number {
  const kept = times.slice(Math.floor(times.length / 4)) // the first ones ran before the compiler of the engine had
  return kept.toSorted((a, b) => a - b)[Math.floor(kept.length / 4)] ?? Number.NaN
}
let sink = 0

const tagging = (topics: readonly Topic[]) => {
  const { watchlist } = compileWatchlist(topics)
  return (text: string) => tagArticle(watchlist, { body: text }).length
}
const including = (terms: readonly string[]) => (text: string) =>
  terms.filter((term) => text.includes(term)).length

function bounded(terms: readonly string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${terms.join('|')})(?![\\p{L}\\p{N}])`, 'giu')
}

function line(title: string, ratio: number, wanted: number): void {
  const verdict = ratio >= wanted ? 'ok' : 'BELOW'
  process.stdout.write(`${verdict.padEnd(6)}${title}: ${ratio.toFixed(2)}x (wanted ${wanted}x)\n`)
}

const memory = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
function compiled(terms: readonly string[]): void {
  const topics = topicsOf(terms)
  const before = memory()
  const start = performance.now()
  const { watchlist } = compileWatchlist(topics)
  const ms = performance.now() - start
  const size = (memory() - before) / 2 ** 20
  process.stdout.write(
    `      compile ${terms.length} terms: ${ms.toFixed(0)} ms, ${size.toFixed(0)} MB grown (${watchlist.topicIds.length} topics)\n`,
  )
}

const hundredThousand = termsOf(100_000)
const [twenty = [], thousand = [], tenThousand = []] = [20, 1_000, 10_000].map((count) =>
  hundredThousand.slice(0, count),
)
const names = [
  'Hossein',
  'Mohammad',
  'Khamenei',
  'Rouhani',
  'Soleimani',
  'Hezbollah',
  'Sistani',
  'Qassem',
  'Barham',
  'Fatima',
]
const withNames = [...topicsOf(twenty), { id: 'names', name: 'names', any: names.map((name) => `~${name}`) }]
const plainNames = [...topicsOf(twenty), { id: 'names', name: 'names', any: names }]
const tokens = /[\p{L}\p{M}\p{N}]+/gu
const alternation = bounded(thousand)
const explained = compileWatchlist(topicsOf(thousand)).watchlist

const ms = race([
  { name: 'words alone', run: (text) => text.match(tokens)?.length ?? 0 },
  { name: '20', run: tagging(topicsOf(twenty)) },
  { name: '20 with plain names', run: tagging(plainNames) },
  { name: '20 with ~names', run: tagging(withNames) },
  { name: '1,000', run: tagging(topicsOf(thousand)) },
  { name: '1,000 explained', run: explainAll },
  { name: '1,000 by RegExp', run: (text) => text.match(alternation)?.length ?? 0, slow: true },
  { name: '1,000 by includes', run: including(thousand), slow: true },
  { name: '10,000', run: tagging(topicsOf(tenThousand)) },
  { name: '10,000 by includes', run: including(tenThousand), slow: true },
  { name: '100,000', run: tagging(topicsOf(hundredThousand)) },
])

function explainAll(text: string): number {
  const article = { body: text }
  const words = articleWords(article)
  const matches = tagArticle(explained, article, words)
  return matches.reduce((sum, { topicId }) => sum + termCount(topicId, article, words), 0)
}

function termCount(topicId: string, article: Taggable, words: ArticleWords): number {
  return explainTopic(explained, topicId, article, words)?.terms.length ?? 0
}

const time = (name: string): number => ms.get(name) ?? Number.NaN
for (const [name, value] of ms)
  process.stdout.write(`      ${name}: ${(value * 1000).toFixed(1)} us an article\n`)
line(
  '20 terms, text in to matches out, against cutting words by RegExp alone',
  time('words alone') / time('20'),
  1,
)
line('1,000 terms against one bounded RegExp', time('1,000 by RegExp') / time('1,000'), 10)
line('1,000 terms against includes', time('1,000 by includes') / time('1,000'), 100)
line('10,000 terms against includes', time('10,000 by includes') / time('10,000'), 500)
line('10,000 terms against 20', time('20') / time('10,000'), 0.4)
line('100,000 terms against 20', time('20') / time('100,000'), 0.1)
line('ten ~names against the same names plain', time('20 with plain names') / time('20 with ~names'), 0.5)
line('tagging alone against tagging explained', time('1,000') / time('1,000 explained'), 0.8)
compiled(tenThousand)
compiled(hundredThousand)
if (sink === 0) process.exitCode = 1 // nothing matched: the figures would mean nothing
