// `query`: what a person typed into search in; how many of a few articles it finds, or why it was refused, out. Never an error of SQLite.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Taggable } from '../../src/model/topic.ts'
import { hasMeta } from '../../src/pipeline/match-meta.ts'
import { toFtsQuery } from '../../src/pipeline/search-query.ts'
import { searchTest } from '../../src/pipeline/search-test.ts'
import { foldText } from '../../src/text/fold.ts'
import type { Kind, Score } from './kind.ts'
import { setFolder } from './set-folder.ts'

const ARTICLES = [
  [
    'Iraq protests enter a second week',
    'Crowds gather in Baghdad',
    'Iraq, protests and the price of oil: a b x y z 100',
  ],
  ['احتجاجات في العراق', 'بغداد', 'خرج المتظاهرون في بغداد والبصرة'],
  ['اعتراض‌ها در عراق', 'بغداد', 'تظاهرات در بغداد ادامه دارد'],
]

const itemOf = ([title = '', summary = '', body = '']: readonly string[]): Taggable => ({
  title,
  summary,
  body,
})

function output() {
  const db = new Database(':memory:')
  db.exec(`create virtual table articles using fts5(title, summary, body, author, tokenize = 'ascii')`)
  const insert = db.prepare('insert into articles (title, summary, body) values (?, ?, ?)')
  for (const texts of ARTICLES) insert.run(...texts.map(foldText))
  const find = db.prepare('select rowid from articles where articles match ?').pluck()
  const all = ARTICLES.map((_, index) => index + 1)
  return (query: string) => {
    const search = toFtsQuery(query)
    if (!search.ok) return { error: { code: search.code, offset: search.offset, message: search.message } }
    const test = searchTest(search.tree)
    const rows = search.expression === '' ? all : find.all(search.expression)
    return { ok: true, hits: rows.filter((row) => test(itemOf(ARTICLES[Number(row) - 1] ?? []))).length }
  }
}

function isRefused(result: ReturnType<ReturnType<typeof output>>): boolean {
  return result.error !== undefined
}

/** Nothing may throw, and only a query without a single word may be refused. */
function scoreTyped(file: string): readonly Score[] {
  if (!existsSync(file)) return []
  const { queries } = JSON.parse(readFileSync(file, 'utf8')) as { queries: readonly string[] } // the shape of that file
  const run = output()
  const failing = queries.filter((query) => isRefused(run(query)) && foldText(query) !== '')
  return [{ set: 'checks/fts-queries', passed: queries.length - failing.length, of: queries.length, failing }]
}

type Case = {
  readonly id: string
  readonly topic: { readonly query?: string }
  readonly item?: Taggable
  readonly match?: boolean
}

/** Search finds an article exactly when the topic matches it. */
function scoreAgainstTagging(file: string): readonly Score[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  const cases = lines.filter((line) => line.trim() !== '').map((line): Case => JSON.parse(line))
  const results = cases
    .map((one) => ({ id: one.id, same: isSameBySearch(one) }))
    .filter(({ same }) => same !== undefined)
  const failing = results.filter(({ same }) => same === false).map(({ id }) => id)
  return [
    {
      set: 'match/search finds what tagging finds',
      passed: results.length - failing.length,
      of: results.length,
      failing,
    },
  ]
}

function isSameBySearch({ topic, item = {}, match }: Case): boolean | undefined {
  const search = toFtsQuery(topic.query ?? '')
  if (match === undefined || !search.ok || search.literal) return undefined
  const db = new Database(':memory:')
  db.exec(`create virtual table articles using fts5(title, summary, body, author, tokenize = 'ascii')`)
  const texts = [item.title, item.summary, item.body, item.author].map((text) => foldText(text ?? ''))
  db.prepare('insert into articles values (?, ?, ?, ?)').run(...texts)
  const count = db.prepare('select count(*) from articles where articles match ?').pluck()
  const fits = search.where.every(({ field, values, negated }) => hasMeta(item, field, values) !== negated)
  const named = fits && (search.expression === '' || count.get(search.expression) === 1)
  const found = named && searchTest(search.tree)(item)
  db.close()
  return found === match
}

export const kind: Kind = {
  start: () => {
    const run = output()
    return (input) => run((input as { q: string }).q) // a line as OUTPUTS.md describes it
  },
  score: (dir) =>
    Promise.resolve([
      ...scoreTyped(join(setFolder(dir, 'checks'), 'fts-queries.json')),
      ...scoreAgainstTagging(join(setFolder(dir, 'match'), 'cases.jsonl')),
    ]),
}
