// Searching a large archive with the whole rules of a topic, newest and best first: `node bench/search.ts [ARTICLES]`, a million when absent.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { searchArchive } from '../src/app/search-archive.ts'
import { toFtsQuery } from '../src/pipeline/search-query.ts'
import { openStore, type Store } from '../src/store/index.ts'
import { foldText } from '../src/text/fold.ts'
import { itemOf, type Listed, topics } from './archive-items.ts'

const total = Number(process.argv[2] ?? 1_000_000)
const perCommit = 500
const firstSeenAt = Date.UTC(2024, 0, 1)
const stepMs = 30_000
const rounds = 3

/** The rules of a topic as one query. */
function queryOf({ any = [], none = [] }: Listed): string {
  const quoted = (term: string) => term.replace(/^([=~]?)"?([^"]*)"?$/u, '$1"$2"')
  const excluded = none.length === 0 ? '' : ` NOT (${none.map(quoted).join(' OR ')})`
  return `(${any.map(quoted).join(' OR ')})${excluded}`
}

function keep(store: Store, storyId: number, number: number): void {
  const item = itemOf(number)
  const kept = {
    item,
    sourceId: `s${number % 50}`,
    feedId: (number % 50) + 1,
    language: 'en',
    storyId,
    storyBecause: 'first',
  }
  const articleId = store.articles.insert({ ...kept, firstSeenAt: firstSeenAt + number * stepMs })
  const [title, summary, body] = [item.title ?? '', item.summary, item.text].map(foldText)
  store.search.indexText({
    articleId,
    title: title ?? '',
    summary: summary ?? '',
    body: body ?? '',
    author: '',
  })
}

function fill(store: Store): void {
  const storyId = store.stories.create(firstSeenAt)
  for (let from = 0; from < total; from += perCommit)
    store.transaction(() => {
      for (let number = from; number < Math.min(total, from + perCommit); number++)
        keep(store, storyId, number)
    })
}

/** Time of the processor, so that what else the machine does counts little. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

const at = (times: readonly number[], share: number): string => {
  const sorted = times.toSorted((a, b) => a - b)
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)
}

/** Every topic a few times: the first fifty, translation included, as the command does it. */
function searchAll(store: Store, order: 'newest' | 'best', since?: number): void {
  const times: number[] = []
  let slowest = { ms: 0, id: '' }
  for (let round = 0; round < rounds; round++) {
    for (const topic of topics) {
      const start = cpuMs()
      const query = toFtsQuery(queryOf(topic), store.search.wordsBeginning)
      if (!query.ok) throw new Error(`${topic.id}: ${query.message}`)
      searchArchive(store, query, { limit: 50, order, ...(since === undefined ? {} : { since }) })
      const ms = cpuMs() - start
      times.push(ms)
      if (ms > slowest.ms) slowest = { ms, id: topic.id }
    }
  }
  say(
    `${order}${since === undefined ? '' : ', of the last 30 days'}: ${topics.length} topics, first 50, CPU: median ${at(times, 0.5)} ms, p95 ${at(times, 0.95)} ms, slowest ${slowest.ms.toFixed(1)} ms (${slowest.id})`,
  )
}

/** What `presslark search WORD --since 24h` asks, within a running process: a frequent word and a rare one, all hits. */
function searchDay(store: Store): void {
  const since = firstSeenAt + (total - 2_880) * stepMs
  for (const word of ['oil', 'government', 'Sistani', 'zebra']) {
    const times: number[] = []
    let hits = 0
    for (let round = 0; round < 100; round++) {
      const start = cpuMs()
      const query = toFtsQuery(word, store.search.wordsBeginning)
      if (!query.ok) throw new Error(query.message)
      hits = searchArchive(store, query, { limit: 10_000, order: 'newest', since }).length
      times.push(cpuMs() - start)
    }
    say(`${word}, last 24 hours: ${hits} hits, CPU: median ${at(times, 0.5)} ms, p95 ${at(times, 0.95)} ms`)
  }
}

const folder = mkdtempSync(join(tmpdir(), 'presslark-bench-'))
try {
  const path = join(folder, 'press.db')
  const store = openStore(path)
  store.feeds.sync(
    Array.from({ length: 50 }, (_, index) => ({
      id: `s${index}`,
      name: `Source ${index}`,
      family: `s${index}`,
      kind: 'wire' as const,
      grade: 'B' as const,
      feeds: [{ url: `https://s${index}.example/feed` }],
    })),
  )
  const start = performance.now()
  fill(store)
  store.checkpoint()
  const seconds = (performance.now() - start) / 1_000
  say(`${total} articles in ${seconds.toFixed(0)} s, file of ${Math.round(statSync(path).size / 2 ** 20)} MB`)
  searchDay(store)
  const month = firstSeenAt + (total - 30 * 2_880) * stepMs
  for (const order of ['newest', 'best'] as const) {
    searchAll(store, order)
    searchAll(store, order, month)
  }
  for (const query of [
    '~"Qassem Soleimani"',
    '~Soleimani',
    '*abad',
    'ATLEAST/3(oil)',
    '=OPEC',
    'tehran ONEAR/3 baghdad',
  ]) {
    const begin = cpuMs()
    const translated = toFtsQuery(query, store.search.wordsBeginning)
    if (!translated.ok) throw new Error(translated.message)
    const translation = cpuMs() - begin
    const hits = searchArchive(store, translated, { limit: 50 }).length
    say(
      `${query}: ${hits} hits in ${(cpuMs() - begin).toFixed(0)} ms, of them ${translation.toFixed(0)} ms for words of the index`,
    )
  }
  store.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
