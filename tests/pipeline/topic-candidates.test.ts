// What the full-text index names for a topic holds every article that the topic matches.
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { Taggable, Topic } from '../../src/model/topic.ts'
import { compileWatchlist, tagArticle } from '../../src/pipeline/tag.ts'
import { topicCandidates } from '../../src/pipeline/topic-candidates.ts'
import { foldText } from '../../src/text/fold.ts'
import { CROSSINGS } from './topic-crossings.ts'
import { articleOf, topicOf } from './topic-example.ts'
import { EXAMPLES } from './topic-examples.ts'

const db = new Database(':memory:')
db.exec(`create virtual table articles using fts5(title, summary, body, author, tokenize = 'ascii')`)
const insert = db.prepare('insert into articles (rowid, title, summary, body, author) values (1, ?, ?, ?, ?)')
const match = db.prepare<[string], number>('select count(*) from articles where articles match ?').pluck()
afterAll(() => db.close())

/** Whether the index names the article, the only one there is; undefined when it cannot narrow the topic. */
function isNamed(topic: Topic, article: Taggable): boolean | undefined {
  const texts = [article.title, article.summary, article.body, article.author].map((text) =>
    foldText(text ?? ''),
  )
  const all = texts.flatMap((text) => text.split(' '))
  const expressions = topicCandidates(topic, (beginning) => all.filter((word) => word.startsWith(beginning)))
  db.exec('delete from articles')
  insert.run(...texts)
  return expressions?.some((expression) => match.get(expression) === 1)
}

const isTagged = (topic: Topic, article: Taggable): boolean =>
  tagArticle(compileWatchlist([topic]).watchlist, article).length > 0

describe('an article that a topic matches is named', () => {
  for (const [rule, examples] of [...EXAMPLES, ...CROSSINGS])
    for (const [why, keys, article, spans] of examples)
      if (spans !== undefined)
        test(`${rule}: ${why}`, () => {
          expect(isNamed(topicOf(keys), articleOf(article))).not.toBe(false)
        })

  const prefixed = fc
    .tuple(
      fc.constantFrom('', 'و', 'ال', 'وبال', 'لل'),
      fc.constantFrom('صدر', 'بغداد', 'الحرس الثوري', 'مقتدى'),
    )
    .map((parts) => parts.join(''))
  const plain = fc.constantFrom(
    'oil',
    'Basra',
    'al-Sadr',
    'Sana’a',
    'Qasem Sulaymani',
    'U.S.',
    'می رود',
    'میرود',
  )
  const word = fc.oneof(prefixed, plain)
  const text = fc.array(word, { maxLength: 8 }).map((words) => words.join(' '))
  const term = fc.oneof(
    word,
    text.filter((words) => words !== ''),
    fc.constantFrom(
      '~Qassem Soleimani',
      '~Soleimani',
      '=oil',
      'ba*',
      'b?sra',
      '"oil basra"~2',
      '"صدر بغداد"~1',
    ),
  )
  const list = fc.array(term, { minLength: 1, maxLength: 4 })
  const lists = fc.oneof(list, fc.record({ ar: list, en: list }))
  const keys = fc.oneof(
    fc.record({ any: lists }),
    fc.record({ any: lists, none: list, where: fc.constantFrom({ lang: ['ar'] }, { lang: ['en', 'fa'] }) }),
    fc.record({ all: fc.array(word, { minLength: 1, maxLength: 2 }) }),
    fc.record({
      query: fc.constantFrom(
        'oil AND Basra',
        'oil OR lang:ar',
        'صدر NEAR/3 بغداد',
        'ATLEAST/2(oil)',
        'oil -Basra',
      ),
    }),
  )
  const article = fc.record({ title: text, body: text, lang: fc.constantFrom('ar', 'en') })

  test('whatever its keys and lists', () => {
    let tagged = 0
    fc.assert(
      fc.property(keys, article, (wanted, item) => {
        if (!isTagged(topicOf(wanted), item)) return
        tagged++
        expect(isNamed(topicOf(wanted), item)).not.toBe(false)
      }),
      { numRuns: 800 },
    )
    expect(tagged).toBeGreaterThan(120)
  })
})

describe('the index narrows', () => {
  test('a list to each of its terms', () => {
    const expressions = topicCandidates(
      { id: 't', name: 'T', any: ['oil', 'Basra'], none: ['sport'] },
      () => [],
    )
    expect(expressions).toEqual(['{title summary body} : ("oil")', '{title summary body} : ("basra")'])
  })

  test('nothing where metadata alone may decide, and a topic with mistakes to nothing', () => {
    expect(topicCandidates({ id: 't', name: 'T', query: 'oil OR lang:ar' }, () => [])).toBeUndefined()
    expect(topicCandidates({ id: 't', name: 'T', query: 'oil AND (' }, () => [])).toEqual([])
  })
})
