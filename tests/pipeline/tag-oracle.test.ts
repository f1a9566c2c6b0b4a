// The matcher against the plainest possible reading of the rules: every place tried by brute force, words as strings.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQuery } from '../../src/pipeline/query.ts'
import type { QueryNode, TermNode } from '../../src/pipeline/query-tree.ts'
import { compileWatchlist, tagArticle } from '../../src/pipeline/tag.ts'

type Article = { readonly title: string; readonly body: string }
type Places = readonly (readonly string[])[] // sets of "field:first:last", one set for each way a node holds

const FIELDS = ['title', 'body'] as const
const BITS = { title: 1, body: 4 }

function fits(pattern: string, word: string): boolean {
  return pattern.endsWith('*') ? word.startsWith(pattern.slice(0, -1)) : pattern === word
}

function termPlaces(term: TermNode, article: Article): Places {
  const pattern = term.text.split(' ')
  const places: string[][] = []
  for (const field of FIELDS) {
    const words = article[field].split(' ')
    for (let first = 0; first + pattern.length <= words.length; first++) {
      const here = pattern.every((part, offset) => fits(part, words[first + offset] ?? ''))
      if (here && (term.fields & BITS[field]) !== 0)
        places.push([`${field}:${first}:${first + pattern.length - 1}`])
    }
  }
  return places
}

function extent(place: readonly string[]): { field: string; first: number; last: number } {
  const parts = place.map((part) => part.split(':'))
  const numbers = (index: number) => parts.map((part) => Number(part[index]))
  return { field: parts[0]?.[0] ?? '', first: Math.min(...numbers(1)), last: Math.max(...numbers(2)) }
}

function wordsOf(place: readonly string[]): ReadonlySet<number> {
  return new Set(
    place.flatMap((part) => {
      const [, first = 0, last = 0] = part.split(':').map(Number)
      return Array.from({ length: last - first + 1 }, (_, at) => first + at)
    }),
  )
}

function isNear(one: readonly string[], other: readonly string[], within: number, ordered: boolean): boolean {
  const [a, b] = [extent(one), extent(other)]
  if (a.field !== b.field || [...wordsOf(one)].some((word) => wordsOf(other).has(word))) return false
  if (ordered) return b.first > a.last && b.first - a.last - 1 <= within
  return Math.max(a.first, b.first) - Math.min(a.last, b.last) - 1 <= within
}

/** All ways a node holds; undefined when it does not. A NOT that holds has no places. */
function ways(node: QueryNode, article: Article): Places | undefined {
  switch (node.kind) {
    case 'term': {
      const places = termPlaces(node, article)
      return places.length > 0 ? places : undefined
    }
    case 'not':
      return ways(node.of, article) === undefined ? [] : undefined
    case 'and': {
      const all = node.of.map((part) => ways(part, article))
      return all.every((part) => part !== undefined) ? all.flat() : undefined
    }
    case 'or': {
      const some = node.of.map((part) => ways(part, article)).filter((part) => part !== undefined)
      return some.length > 0 ? some.flat() : undefined
    }
    case 'near': {
      const lefts = ways(node.left, article) ?? []
      const rights = ways(node.right, article) ?? []
      const pairs = lefts.flatMap((one) =>
        rights
          .filter((other) => isNear(one, other, node.within, node.ordered))
          .map((other) => [...one, ...other]),
      )
      return pairs.length > 0 ? pairs : undefined
    }
    default:
      throw new Error(`the oracle does not know ${node.kind}`)
  }
}

function expectedSpans(query: string, article: Article): readonly string[] | undefined {
  const parsed = parseQuery(query)
  if (!parsed.ok) throw new Error(parsed.problem.code)
  const found = ways(parsed.tree, article)
  return found && [...new Set(found.flat())].toSorted()
}

/** The spans as word numbers: all words are one letter or two, and the texts have single spaces. */
function matchedSpans(query: string, article: Article): readonly string[] | undefined {
  const { watchlist } = compileWatchlist([{ id: 't', name: 'T', query }])
  const spans = tagArticle(watchlist, article)[0]?.spans.map(({ field, start, end }) => {
    const words = (text: string) => text.split(' ').length
    const text = field === 'title' ? article.title : article.body
    return `${field}:${words(text.slice(0, start)) - 1}:${words(text.slice(0, end)) - 1}`
  })
  return spans?.toSorted()
}

const word = fc.constantFrom('aa', 'ab', 'b', 'c', 'd')
const text = fc.array(word, { minLength: 1, maxLength: 9 }).map((words) => words.join(' '))
const term = fc.oneof(
  word,
  fc.constantFrom('aa*', 'ab*', '"aa b"', '"b c"', '"aa aa"', '"c aa*"', 'title:c', 'title:"b c"'),
)
const list = fc.oneof(
  term,
  fc.tuple(term, term).map(([a, b]) => `(${a} OR ${b})`),
)
const near = fc.tuple(
  list,
  fc.constantFrom('NEAR', 'ONEAR'),
  fc.nat(2),
  list,
  fc.constantFrom('', ' NEAR/1 c', ' ONEAR/0 b'),
)
const { query } = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 3 },
    list,
    near.map(([a, operator, n, b, more]) => `${a} ${operator}/${n} ${b}${more}`),
    fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a}) AND (${b})`),
    fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a}) OR (${b})`),
    fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a}) NOT (${b})`),
  ),
}))

test('the matcher finds what brute force finds, no more and no less', () => {
  fc.assert(
    fc.property(query, fc.record({ title: text, body: text }), (asked, article) => {
      expect(matchedSpans(asked, article)).toEqual(expectedSpans(asked, article))
    }),
    { numRuns: 1_500 },
  )
})

test('a topic is found in a large watchlist as it is alone', () => {
  fc.assert(
    fc.property(
      fc.array(query, { minLength: 2, maxLength: 12 }),
      fc.record({ title: text, body: text }),
      (queries, article) => {
        const topics = queries.map((asked, index) => ({ id: String(index), name: asked, query: asked }))
        const together = tagArticle(compileWatchlist(topics).watchlist, article)
        const alone = topics.flatMap((topic) => tagArticle(compileWatchlist([topic]).watchlist, article))
        expect(together).toEqual(alone)
      },
    ),
    { numRuns: 300 },
  )
})
