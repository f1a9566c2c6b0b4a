// `query`: what a person typed into search in; how many of a few articles it finds, or why it was refused, out. Never an error of SQLite.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { toFtsQuery } from '../../src/pipeline/search-query.ts'
import { foldText } from '../../src/text/fold.ts'
import type { Kind } from './kind.ts'

const ARTICLES = [
  [
    'Iraq protests enter a second week',
    'Crowds gather in Baghdad',
    'Iraq, protests and the price of oil: a b x y z 100',
  ],
  ['احتجاجات في العراق', 'بغداد', 'خرج المتظاهرون في بغداد والبصرة'],
  ['اعتراض‌ها در عراق', 'بغداد', 'تظاهرات در بغداد ادامه دارد'],
]

function output() {
  const db = new Database(':memory:')
  db.exec(`create virtual table articles using fts5(title, summary, body, author, tokenize = 'ascii')`)
  const insert = db.prepare('insert into articles (title, summary, body) values (?, ?, ?)')
  for (const texts of ARTICLES) insert.run(...texts.map(foldText))
  const count = db.prepare('select count(*) from articles where articles match ?').pluck()
  return (query: string) => {
    const search = toFtsQuery(query)
    if (!search.ok) return { error: { code: search.code, offset: search.offset, message: search.message } }
    return { ok: true, hits: search.expression === '' ? 0 : count.get(search.expression) }
  }
}

function isRefused(result: ReturnType<ReturnType<typeof output>>): boolean {
  return result.error !== undefined
}

export const kind: Kind = {
  start: () => {
    const run = output()
    return (input) => run((input as { q: string }).q) // a line as OUTPUTS.md describes it
  },
  score: (dir) => {
    const file = join(dir, 'checks', 'fts-queries.json')
    if (!existsSync(file)) return Promise.resolve([])
    const { queries } = JSON.parse(readFileSync(file, 'utf8')) as { queries: readonly string[] } // the shape of that file
    const run = output()
    // Nothing may throw, and only a query without a single word may be refused.
    const failing = queries.filter((query) => isRefused(run(query)) && foldText(query) !== '')
    return Promise.resolve([
      { set: 'checks/fts-queries', passed: queries.length - failing.length, of: queries.length, failing },
    ])
  },
}
