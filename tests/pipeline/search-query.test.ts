import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { Taggable } from '../../src/model/topic.ts'
import { hasMeta } from '../../src/pipeline/match-meta.ts'
import { toFtsQuery } from '../../src/pipeline/search-query.ts'
import { searchTest } from '../../src/pipeline/search-test.ts'
import { compileWatchlist, tagArticle } from '../../src/pipeline/tag.ts'
import { ATTACHED_PREFIXES } from '../../src/text/attached.ts'
import { foldText } from '../../src/text/fold.ts'
import { anyText } from '../any-text.ts'
import { CROSSINGS } from './topic-crossings.ts'
import { articleOf } from './topic-example.ts'
import { EXAMPLES } from './topic-examples.ts'

const db = new Database(':memory:')
db.exec(`create virtual table articles using fts5(title, summary, body, author, tokenize = 'ascii')`)
const insert = db.prepare('insert into articles (rowid, title, summary, body, author) values (1, ?, ?, ?, ?)')
const match = db.prepare('select count(*) from articles where articles match ?').pluck()
afterAll(() => db.close())

type Hit = { readonly named: boolean; readonly found: boolean; readonly exact: boolean }

/** The words of the one article that is indexed, as the store would list them. */
const vocabularyOf = (article: Taggable) => {
  const texts = [article.title, article.summary, article.body, article.author]
  const all = texts.flatMap((text) => foldText(text ?? '').split(' '))
  return (beginning: string) => all.filter((word) => word.startsWith(beginning))
}

/** Whether the index names the article, and whether the search as a whole finds it; undefined when it is refused. */
function search(query: string, article: Taggable): Hit | undefined {
  const translated = toFtsQuery(query, vocabularyOf(article))
  if (!translated.ok) return undefined
  db.exec('delete from articles')
  insert.run(
    ...[article.title, article.summary, article.body, article.author].map((text) => foldText(text ?? '')),
  )
  const { expression, where, exact, tree } = translated
  const fits = where.every(({ field, values, negated }) => hasMeta(article, field, values) !== negated)
  const named = fits && (expression === '' || match.get(expression) === 1)
  return { named, found: named && (exact || searchTest(tree)(article)), exact }
}

function isTagged(query: string, article: Taggable): boolean {
  const { watchlist } = compileWatchlist([{ id: 't', name: 'T', query }])
  return tagArticle(watchlist, article).length > 0
}

describe('tagged at ingest and found by search are the same', () => {
  for (const [rule, examples] of [...EXAMPLES, ...CROSSINGS]) {
    for (const [why, keys, article, spans] of examples) {
      if (typeof keys !== 'string') continue
      test(`${rule}: ${why}`, () => {
        expect(search(keys, articleOf(article))?.found).toBe(spans !== undefined)
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
  const names = fc.constantFrom('Qassem', 'Ghasem', 'Hossein', 'al-Husayn', 'Khalid', 'Xalid', 'Ahmadinezhad')
  const term = fc.oneof(
    words,
    names,
    fc.constantFrom('oil*', 'عراق*', '*field', 'o?l', 'b*ra', '"*field gas"', 'بغد?د', '"oil g*s"'),
    fc.constantFrom(
      '"oil gas"',
      '"العراق بغداد"',
      '"oil Basra"~2',
      '"oil oil"~1',
      '"حشد العراق بغداد"',
      '"oil g?s"~1',
    ),
    fc.constantFrom(
      '=Basra',
      '=oil',
      '=بغداد',
      '="oil gas"',
      '=al-Sadr',
      '~Qassem',
      '~Hossein',
      '~"Khalid Qassem"',
      '~Ahmadinejad',
    ),
    fc.constantFrom('title:oil', 'body:=Basra', 'title:~Qassem', 'alSadr', 'lang:ar', 'text:gas'),
  )
  const place = fc.oneof(
    words,
    names,
    fc.constantFrom(
      '(oil OR gas)',
      '(o?l OR ~Hossein)',
      '=oil',
      '~Qassem',
      '"oil gas"',
      '*field',
      '(oil NEAR/1 gas)',
    ),
  )
  const { query } = fc.letrec<{ query: string }>((tie) => ({
    query: fc.oneof(
      { maxDepth: 3 },
      term,
      fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a}) AND (${b})`),
      fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a}) OR (${b})`),
      fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a}) NOT (${b})`),
      fc.tuple(place, fc.nat(3), place).map(([a, n, b]) => `${a} NEAR/${n} ${b}`),
      fc.tuple(place, fc.nat(3), place).map(([a, n, b]) => `${a} ONEAR/${n} ${b}`),
      fc.tuple(fc.integer({ min: 1, max: 3 }), place).map(([n, a]) => `ATLEAST/${n}(${a})`),
    ),
  }))
  const text = fc.array(fc.oneof(words, names), { maxLength: 8 }).map((list) => list.join(' '))
  const article = fc.record({ title: text, body: text, lang: fc.constantFrom('ar', 'en') })

  test('for generated queries and articles', () => {
    fc.assert(
      fc.property(query, article, (asked, item) => {
        const hit = search(asked, item)
        const tagged = isTagged(asked, item)
        expect(hit?.found).toBe(tagged)
        if (tagged) expect(hit?.named).toBe(true)
      }),
      { numRuns: 1_500 },
    )
  })
})

describe('a phrase of Arabic words', () => {
  const prefixes = fc.constantFrom(
    '',
    ...ATTACHED_PREFIXES.filter((prefix) => /\p{Script=Arabic}/u.test(prefix)),
  )

  test('is found whichever prefixes its words carry, as it is tagged', () => {
    const written = fc.tuple(prefixes, prefixes, prefixes)
    fc.assert(
      fc.property(written, ([a, b, c]) => {
        const article = { title: `${a}حرس ${b}ثورة ${c}ايران` }
        for (const query of ['"حرس ثورة"', '"حرس ثورة ايران"', '"حرس ايران"~1', 'حرس NEAR/1 "ثورة ايران"'])
          expect(search(query, article)?.found).toBe(isTagged(query, article))
      }),
      { numRuns: 300 },
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

  test('a wildcard inside a word narrows by its beginning, a romanisation by the words of the index', () => {
    const words = (beginning: string) =>
      ['qasim', 'quds', 'kasem', 'karim'].filter((word) => word.startsWith(beginning))
    expect(toFtsQuery('milit?a')).toMatchObject({
      expression: '{title summary body} : ("milit" *)',
      exact: false,
    })
    expect(toFtsQuery('~Qassem', words)).toMatchObject({
      expression: '{title summary body} : ("kasem" OR "qasim")',
      exact: false,
    })
    expect(toFtsQuery('*abad')).toMatchObject({ expression: '', exact: false })
    expect(toFtsQuery('*abad oil')).toMatchObject({
      expression: '{title summary body} : ("oil")',
      exact: false,
    })
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
