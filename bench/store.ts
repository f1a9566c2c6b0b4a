// The store, timed: keeping articles, searching 200,000 of them, gathering an edition from a small and a large archive.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Item } from '../src/model/item.ts'
import { openStore, type SearchFilter, type Store } from '../src/store/index.ts'

const archiveSizes = [10_000, 200_000] as const
const windowArticles = 3_000
const matchEvery = 10 // 300 matched articles in the window
const perFetch = 25
const firstSeenAt = Date.UTC(2026, 0, 1)
const stepMs = 10_000

const vocabulary = Array.from({ length: 20_000 }, (_, index) => `w${index.toString(36)}`)

/** A small generator of its own, so that every run writes the same archive. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** `count` words, frequent ones far more often, as in any language. */
function words(random: () => number, count: number): string {
  const word = () => vocabulary[Math.floor(random() ** 4 * vocabulary.length)] ?? ''
  return Array.from({ length: count }, word).join(' ')
}

function articleOf(random: () => number, number: number): Item {
  return {
    guid: `g${number}`,
    url: `https://wire.example/${number}`,
    title: words(random, 9),
    summary: words(random, 20),
    text: words(random, 30),
    authors: [],
    categories: ['news'],
    enclosures: [],
    flags: [],
  }
}

function keep(store: Store, item: Item, number: number): void {
  const at = firstSeenAt + number * stepMs
  const storyId = store.stories.create(at)
  const sourceId = `s${number % 50}`
  const feedId = (number % 50) + 1
  const kept = { item, sourceId, feedId, urlKey: `wire.example/${number}`, language: 'en', firstSeenAt: at }
  const articleId = store.articles.insert({ ...kept, storyId, storyBecause: 'first' })
  const sighting = { articleId, feedId, itemKey: `g${number}`, contentHash: 'h', item, seenAt: at }
  store.articles.addSighting({ ...sighting, because: 'first' })
  store.search.indexText({
    articleId,
    title: item.title ?? '',
    summary: item.summary,
    body: item.text,
    author: '',
  })
  if (number % matchEvery === 0) {
    const spans = [{ field: 'title', start: 0, end: 3, term: 'w' }] as const
    store.topics.addMatches(articleId, [{ topicId: 'bench', spans }])
  }
}

function fill(store: Store, from: number, to: number): number {
  const random = randomFrom(from + 1)
  const items = Array.from({ length: perFetch * 40 }, (_, index) => articleOf(random, index))
  const started = performance.now()
  for (let number = from; number < to; number += perFetch) {
    store.transaction(() => {
      for (let index = number; index < number + perFetch; index++) {
        const item = items[index % items.length]
        if (item) keep(store, { ...item, guid: `g${index}`, url: `https://wire.example/${index}` }, index)
      }
    })
  }
  return performance.now() - started
}

/** Median and 95th percentile in milliseconds. */
function timed(runs: number, work: () => unknown): string {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now()
    work()
    return performance.now() - started
  }).toSorted((a, b) => a - b)
  const at = (share: number) => (times[Math.min(runs - 1, Math.floor(runs * share))] ?? 0).toFixed(2)
  return `median ${at(0.5)} ms, p95 ${at(0.95)} ms`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function gatherEdition(store: Store, size: number): void {
  const range = { after: size - windowArticles, upTo: size }
  const until = firstSeenAt + size * stepMs
  const window = { from: until - windowArticles * stepMs, until }
  const found = store.material.articles(range, window, ['bench']).length
  const line = timed(15, () => {
    store.material.lastIdAt(until)
    store.material.articles(range, window, ['bench'])
    store.material.totals(range, window)
    store.material.baselines(['bench'], window)
    store.coverage.coverage(window)
  })
  say(`gather ${found} matched of ${windowArticles} new articles, archive of ${size}: ${line}`)
}

function searchAll(store: Store): void {
  const [common = '', , , middle = ''] = vocabulary
  const rare = vocabulary[15_000] ?? ''
  const since = firstSeenAt + 195_000 * stepMs
  const queries: readonly (readonly [string, string, Partial<SearchFilter>])[] = [
    ['a word of nearly every article', common, {}],
    ['a rare word', rare, {}],
    ['two words', `${common} AND ${middle}`, {}],
    ['a phrase', `"${common} ${middle}"`, {}],
    ['the beginning of words', `${rare.slice(0, 3)}*`, {}],
    ['a common word of one source', common, { where: [{ field: 'source', values: ['s7'] }] }],
    ['a rare word lately', rare, { since }],
    ['everything of one source', '', { where: [{ field: 'source', values: ['s7'] }] }],
  ]
  for (const [name, expression, filter] of queries) {
    const find = () => store.search.search(expression, { limit: 20, ...filter })
    say(`search 200,000 articles for ${name} (${find().length} shown): ${timed(20, find)}`)
  }
}

const folder = mkdtempSync(join(tmpdir(), 'presslark-bench-'))
try {
  const path = join(folder, 'press.db')
  const store = openStore(path)
  const sources = Array.from({ length: 50 }, (_, index) => ({
    id: `s${index}`,
    name: `Source ${index}`,
    family: `s${index}`,
    kind: 'wire' as const,
    grade: 'B' as const,
    feeds: [{ url: `https://s${index}.example/feed` }],
  }))
  store.feeds.sync(sources)
  store.topics.register([{ id: 'bench', name: 'Bench', any: ['w'] }], firstSeenAt)
  let kept = 0
  for (const size of archiveSizes) {
    const ms = fill(store, kept, size)
    say(`keep articles ${kept} to ${size}: ${Math.round(((size - kept) / ms) * 1000)} a second`)
    kept = size
    gatherEdition(store, size)
  }
  searchAll(store)
  store.checkpoint()
  say(`file: ${Math.round(statSync(path).size / 200_000)} bytes an article`)
  store.close()
  say(`open: ${timed(10, () => openStore(path).close())}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
