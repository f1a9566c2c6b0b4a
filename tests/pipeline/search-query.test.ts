import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { Taggable } from '../../src/model/topic.ts'
import { hasMeta } from '../../src/pipeline/match-meta.ts'
import { toFtsQuery } from '../../src/pipeline/search-query.ts'
import { compileWatchlist, tagArticle } from '../../src/pipeline/tag.ts'
import { foldText } from '../../src/text/fold.ts'
import { anyText } from '../any-text.ts'
import { articleOf, EXAMPLES } from './topic-examples.ts'

const db = new Database(':memory:')
db.exec(`create virtual table articles using fts5(title, summary, body, author, tokenize = 'ascii')`)
const insert = db.prepare('insert into articles (rowid, title, summary, body, author) values (1, ?, ?, ?, ?)')
const match = db.prepare('select count(*) from articles where articles match ?').pluck()
afterAll(() => db.close())

type Hit = { readonly found: boolean; readonly exact: boolean; readonly literal: boolean }

/** Whether a search finds the article, and whether the index was to decide it exactly; undefined when it is refused. */
function search(query: string, article: Taggable): Hit | undefined {
  const translated = toFtsQuery(query)
  if (!translated.ok) return undefined
  db.exec('delete from articles')
  insert.run(
    ...[article.title, article.summary, article.body, article.author].map((text) => foldText(text ?? '')),
  )
  const { expression, where, exact, literal } = translated
  const fits = where.every(({ field, values, negated }) => hasMeta(article, field, values) !== negated)
  return { found: fits && (expression === '' || match.get(expression) === 1), exact, literal }
}

function isTagged(query: string, article: Taggable): boolean {
  const { watchlist } = compileWatchlist([{ id: 't', name: 'T', query }])
  return tagArticle(watchlist, article).length > 0
}

describe('tagged at ingest and found by search are the same', () => {
  for (const [rule, examples] of EXAMPLES) {
    for (const [why, keys, article, spans] of examples) {
      if (typeof keys !== 'string' || keys.startsWith('~')) continue // the index knows no romanisations
      const hit = search(keys, articleOf(article))
      if (hit === undefined || hit.literal) continue // what the index cannot answer
      test(`${rule}: ${why}`, () => {
        if (hit.exact) expect(hit.found).toBe(spans !== undefined)
        else if (spans !== undefined) expect(hit.found).toBe(true)
      })
    }
  }

  const words = fc.constantFrom(
    'oil',
    'gas',
    'oilfield',
    'Basra',
    'بغداد',
    'وبغداد',
    'العراق',
    'للعراق',
    'حشد',
    'al-Sadr',
  )
  const term = fc.oneof(
    words,
    fc.constantFrom(
      'oil*',
      'عراق*',
      '"oil gas"',
      '"العراق بغداد"',
      '"oil Basra"~2',
      'title:oil',
      'alSadr',
      'lang:ar',
    ),
  )
  const { query } = fc.letrec<{ query: string }>((tie) => ({
    query: fc.oneof(
      { maxDepth: 3 },
      term,
      fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a}) AND (${b})`),
      fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a}) OR (${b})`),
      fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a}) NOT (${b})`),
      fc.tuple(words, fc.nat(3), words).map(([a, n, b]) => `${a} NEAR/${n} ${b}`),
    ),
  }))
  const text = fc.array(words, { maxLength: 8 }).map((list) => list.join(' '))
  const article = fc.record({ title: text, body: text, lang: fc.constantFrom('ar', 'en') })

  test('for generated queries and articles', () => {
    fc.assert(
      fc.property(query, article, (asked, item) => {
        const hit = search(asked, item)
        if (hit?.exact === true) expect(hit.found).toBe(isTagged(asked, item))
        else if (hit !== undefined && isTagged(asked, item)) expect(hit.found).toBe(true)
      }),
      { numRuns: 400 },
    )
  })
})

describe('whatever a person types', () => {
  test('FTS5 never refuses the expression', () => {
    const sign = fc.constantFrom(
      '"',
      '(',
      ')',
      '*',
      '-',
      '^',
      ':',
      'AND',
      'OR',
      'NOT',
      'NEAR',
      'NEAR/2',
      'a',
      'oil',
      '\\',
      "'",
      '{',
      '+',
      'title:',
      ' ',
      '😀',
      '\0',
    )
    const typed = fc.oneof(
      anyText,
      fc.array(sign).map((parts) => parts.join(' ')),
      fc.array(sign).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(typed, (asked) => {
        const translated = toFtsQuery(asked)
        if (translated.ok && translated.expression !== '') match.get(translated.expression)
        if (!translated.ok) expect(translated.message).not.toBe('')
      }),
      { numRuns: 300 },
    )
  })

  const literal: readonly (readonly [string, string])[] = [
    ['oil AND', 'oil and'],
    ['(oil', 'the oil'],
    ['C++', 'in c'],
    ['what?', 'what'],
    ['-oil', 'oil'],
    ['http://x.example/z?a=b', 'http x example z a b'],
    ['NEAR(a b, 99999999999)', 'near a b 99999999999'],
  ]
  test.each(literal)('%s is looked for word by word', (asked, body) => {
    expect(search(asked, { body })?.found).toBe(true)
  })

  test('more than 64 terms are refused with the place of the first too many', () => {
    const asked = Array.from({ length: 65 }, () => 'oil').join(' OR ')
    expect(toFtsQuery(asked)).toMatchObject({ ok: false, code: 'E_TOO_MANY_TERMS', offset: 64 * 7 })
  })

  test('a whole book is refused at once', () => {
    expect(toFtsQuery('oil '.repeat(100_000))).toMatchObject({ ok: false, code: 'E_TOO_LONG' })
  })

  test('nothing to look for is said, not searched', () => {
    expect(toFtsQuery('')).toMatchObject({ ok: false, code: 'E_EMPTY' })
    expect(toFtsQuery('😀')).toMatchObject({ ok: false, code: 'E_EMPTY' })
  })

  test('metadata becomes conditions', () => {
    expect(toFtsQuery('oil lang:(fa OR ar) -source:Reuters*')).toMatchObject({
      expression: '{title summary body} : ("oil")',
      where: [
        { field: 'lang', values: ['fa', 'ar'], negated: false },
        { field: 'source', values: ['reuters*'], negated: true },
      ],
    })
  })
})
