// What the fuzz feeds, and what must hold of the answer whatever it was fed. Each target throws when it does not.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { loadConfig } from '../../src/app/config.ts'
import { ConfigError } from '../../src/app/config-error.ts'
import { searchArchive } from '../../src/app/search-archive.ts'
import { decodeBody } from '../../src/fetch/decode.ts'
import { parseCron } from '../../src/pipeline/cron.ts'
import { readFeed } from '../../src/pipeline/parse.ts'
import { parseOpml } from '../../src/pipeline/parse-opml.ts'
import { parseQuery } from '../../src/pipeline/query.ts'
import { toFtsQuery } from '../../src/pipeline/search-query.ts'
import { compileWatchlist, tagArticle } from '../../src/pipeline/tag.ts'
import { parseDate } from '../../src/text/date.ts'
import { displayLine } from '../../src/text/display-line.ts'
import { foldText } from '../../src/text/fold.ts'
import { htmlToText } from '../../src/text/html.ts'
import { safeLink } from '../../src/text/safe-link.ts'
import { sanitise } from '../../src/text/sanitise.ts'
import { urlKey } from '../../src/text/url.ts'
import { analyse } from '../../src/text/words.ts'
import { anyText } from '../any-text.ts'
import { writeDesk } from '../app/local-desk.ts'
import { fetched, item, openDesk } from '../jobs/desk.ts'
import * as inputs from './fuzz-inputs.ts'

/** `share` is its part of all inputs; `check` throws or rejects when something does not hold. */
export type FuzzTarget<T = unknown> = {
  readonly name: string
  readonly share: number
  readonly input: fc.Arbitrary<T>
  readonly check: (input: T) => void | Promise<void>
}

/** Keeps the type of the input between `input` and `check`, and forgets it afterwards. */
function target<T>({ name, share, input, check }: FuzzTarget<T>): FuzzTarget {
  return { name, share, input, check: (given) => check(given as T) } // made by `input`, which makes nothing else
}

const dateMax = 8.64e15

async function readBytes(bytes: Uint8Array, engine: 'tolerant' | 'rss-parser'): Promise<void> {
  const body = decodeBody(bytes, { bytesMax: 10_000_000 })
  if (!body.ok) return
  const url = 'https://courier.example/'
  const reading = await readFeed(body.text, {
    url,
    fetchedAt: 1_800_000_000_000,
    engine,
    pause: () => Promise.resolve(),
  })
  if (!reading.ok) return
  for (const { publishedAt, title = '', url: link } of reading.feed.items) {
    assert(publishedAt === undefined || Math.abs(publishedAt) <= dateMax, `published at ${publishedAt}`)
    assert(!/[\0-\x08\x0b\x0c\x0e-\x1f]/.test(title), 'a control character in a title')
    assert(link === undefined || link.length > 0, 'an empty link')
  }
}

function checkWords(text: string): void {
  const { count, starts, ends } = analyse(text)
  for (let word = 0, before = 0; word < count; word++) {
    const [start = -1, end = -1] = [starts[word], ends[word]]
    assert(start >= before && end > start && end <= text.length, `word ${word} stands at ${start} to ${end}`)
    before = start
  }
}

const article = {
  title: 'Harvest of wheat',
  summary: 'الحصاد والقمح في a b',
  body: 'va a b harvest',
  author: 'A',
}

function checkQuery(query: string): void {
  const parsed = parseQuery(query)
  if (!parsed.ok) {
    assert(parsed.problem.offset >= 0 && parsed.problem.offset <= query.length, 'a problem outside the query')
    return
  }
  const { watchlist } = compileWatchlist([{ id: 't', name: 'T', query }])
  for (const { spans } of tagArticle(watchlist, article))
    for (const { field, start, end } of spans)
      assert(
        start >= 0 && end > start && end <= article[field].length,
        `evidence at ${start} to ${end} of ${field}`,
      )
}

const searchable = 'AND OR NOT NEAR/3 ( ) " * title: harvest wheat الحصاد قمح va a b c'

/** Articles of few words, so that most queries find some and none finds all. */
async function openArchive() {
  const { store, ingest } = openDesk()
  const words = 'harvest wheat الحصاد قمح va a b c title body'.split(' ')
  const text = (seed: number, count: number): string =>
    Array.from({ length: count }, (_, n) => words[(seed * 7 + n * n * 3 + (seed >> 3)) % words.length]).join(
      ' ',
    )
  const items = Array.from({ length: 120 }, (_, n) =>
    item(`g${n}`, `${text(n, 3)} number${n}`, { summary: text(n * 31 + 5, 8), text: text(n * 17 + 2, 9) }),
  )
  await ingest(1, fetched(1, items))
  return { store, articles: [...store.articles.taggables(0)] }
}

/** What the index finds is what a topic of the same words matches. */
function searchTarget(): FuzzTarget {
  let opened: Awaited<ReturnType<typeof openArchive>> | undefined
  return target({
    name: 'tag <=> search',
    share: 1,
    input: inputs.textOf(searchable, 10),
    check: async (query) => {
      opened ??= await openArchive()
      const search = toFtsQuery(query)
      if (!search.ok || search.literal) return
      const found = searchArchive(opened.store, search, { limit: 1_000 }).map(({ articleId }) => articleId)
      const { watchlist } = compileWatchlist([{ id: 't', name: 'T', query }])
      const matched = opened.articles.filter((one) => tagArticle(watchlist, one).length > 0)
      assert.deepEqual(
        found.toSorted((a, b) => a - b),
        matched.map(({ articleId }) => articleId),
      )
    },
  })
}

/** What was stored once is stored: the same fetch again changes nothing. */
function ingestTarget(): FuzzTarget {
  let desk: ReturnType<typeof openDesk> | undefined
  let now = 1
  const entry = fc.record({ guid: fc.constantFrom('1', '2', '3'), title: anyText, text: inputs.htmlLike })
  return target({
    name: 'ingest twice',
    share: 0.5,
    input: fc.array(entry, { maxLength: 4 }),
    check: async (entries) => {
      desk ??= openDesk()
      now += 60_000
      const items = entries.map(({ guid, title, text }) =>
        item(`${now}-${guid}`, title, { summary: text, text }),
      )
      await desk.ingest(1, fetched(now, items))
      const again = await desk.ingest(1, fetched(now + 1, items))
      const {
        new: fresh,
        duplicates,
        revisions,
      } = again?.counts ?? { new: -1, duplicates: -1, revisions: -1 }
      // One guid with two texts in one fetch is one entry that was revised, and is so again.
      const isAmbiguous = new Set(entries.map(({ guid }) => guid)).size < entries.length
      assert.deepEqual([fresh, duplicates, isAmbiguous ? 0 : revisions], [0, 0, 0])
    },
  })
}

/** Any configuration is read, or refused with every mistake and its line. */
function configTarget(): FuzzTarget {
  const folder = join(writeDesk({ sources: 'sources: []\n' }), 'config')
  const names = ['presslark', 'sources', 'topics', 'digests'] as const
  const whole = new Map(names.map((name) => [name, readFileSync(join(folder, `${name}.yaml`), 'utf8')]))
  const change = fc.record({
    name: fc.constantFrom(...names),
    at: fc.nat({ max: 200 }),
    drop: fc.nat({ max: 20 }),
    text: inputs.yamlLike,
  })
  return target({
    name: 'configuration',
    share: 1,
    input: change,
    check: async ({ name, at, drop, text }) => {
      const before = whole.get(name) ?? ''
      const path = join(folder, `${name}.yaml`)
      writeFileSync(path, before.slice(0, at) + text + before.slice(at + drop))
      try {
        await loadConfig(folder)
      } catch (error) {
        assert(error instanceof ConfigError, error instanceof Error ? error.stack : String(error))
      } finally {
        writeFileSync(path, before)
      }
    },
  })
}

/** Opens what the targets need; a fuzz of its own for each call. */
export function fuzzTargets(): readonly FuzzTarget[] {
  return [
    target({
      name: 'feed',
      share: 8,
      input: inputs.brokenFeed,
      check: (bytes) => readBytes(bytes, 'tolerant'),
    }),
    target({
      name: 'feed (rss-parser)',
      share: 1,
      input: inputs.brokenFeed,
      check: (bytes) => readBytes(bytes, 'rss-parser'),
    }),
    target({
      name: 'OPML',
      share: 3,
      input: inputs.brokenFeed,
      check: (bytes) => void parseOpml(bytes.toString('utf8')),
    }),
    target({
      name: 'date',
      share: 20,
      input: inputs.dateLike,
      check: (text) => {
        const at = parseDate(text, { timeZone: 'Asia/Tehran' })
        assert(at === undefined || (Number.isInteger(at) && Math.abs(at) <= dateMax), `${at}`)
        parseCron(text)
      },
    }),
    target({ name: 'query', share: 18, input: inputs.queryLike, check: checkQuery }),
    target({
      name: 'URL',
      share: 18,
      input: inputs.urlLike,
      check: (url) => {
        const key = urlKey(url)
        const shown = safeLink(url)
        if (shown === undefined) return
        assert.equal(safeLink(shown), shown)
        assert(/^(?:https?|mailto):/i.test(shown), shown)
        if (!/&(?:amp|#0?38);/i.test(url)) assert.equal(urlKey(shown), key, shown) // the key undoes escaping twice
      },
    }),
    target({
      name: 'HTML',
      share: 12,
      input: inputs.htmlLike,
      check: (html) => {
        htmlToText(html)
        const clean = sanitise(html)
        assert.equal(sanitise(clean), clean)
        assert(!/<(?:script|style|img|svg|math|template|plaintext)/i.test(clean), clean)
      },
    }),
    target({
      name: 'words',
      share: 17,
      input: fc.oneof(inputs.textOf("U.S. Sana'a l’émir al-Sadr ـ كتاب می‌روم 東京 ไทย 🎉 A ß İ"), anyText),
      check: (text) => {
        checkWords(text)
        assert.equal(foldText(foldText(text)), foldText(text))
        assert.equal(displayLine(displayLine(text)), displayLine(text))
      },
    }),
    searchTarget(),
    ingestTarget(),
    configTarget(),
  ]
}
