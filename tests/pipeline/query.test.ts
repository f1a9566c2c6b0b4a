import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Topic } from '../../src/model/topic.ts'
import { parseQuery } from '../../src/pipeline/query.ts'
import { compileWatchlist } from '../../src/pipeline/tag.ts'
import { showProblem } from '../../src/pipeline/topic-problem.ts'
import { anyText } from '../any-text.ts'

describe('a mistake is named with its place', () => {
  const mistakes: readonly (readonly [query: string, code: string, offset: number])[] = [
    ['', 'E_EMPTY', 0],
    ['oil AND ()', 'E_EMPTY', 8],
    ['+', 'E_EMPTY_TERM', 0],
    ['oil OR "…"', 'E_EMPTY_TERM', 7],
    ['oil AND (gas', 'E_UNCLOSED_PAREN', 8],
    ['((oil) AND gas', 'E_UNCLOSED_PAREN', 0],
    ['oil)', 'E_UNOPENED_PAREN', 3],
    [') oil', 'E_UNOPENED_PAREN', 0],
    ['oil "gas', 'E_UNCLOSED_QUOTE', 4],
    ['oil «gas"', 'E_UNCLOSED_QUOTE', 4],
    ['oil OR', 'E_MISSING_OPERAND', 4],
    ['AND oil', 'E_MISSING_OPERAND', 0],
    ['oil AND OR gas', 'E_MISSING_OPERAND', 4],
    ['oil NEAR/3', 'E_MISSING_OPERAND', 4],
    ['oil NOT', 'E_MISSING_OPERAND', 4],
    ['title: OR oil', 'E_MISSING_OPERAND', 0],
    ['oil lang:', 'E_MISSING_OPERAND', 4],
    ['= oil', 'E_MISSING_OPERAND', 0],
    ['oil NEAR/ gas', 'E_BAD_NUMBER', 4],
    ['oil NEAR/x gas', 'E_BAD_NUMBER', 4],
    ['oil NEAR/-1 gas', 'E_BAD_NUMBER', 4],
    ['ATLEAST(oil)', 'E_BAD_NUMBER', 0],
    ['ATLEAST/0(oil)', 'E_BAD_NUMBER', 0],
    ['"oil gas"~', 'E_BAD_NUMBER', 9],
    ['-oil', 'E_ONLY_NOT', 0],
    ['NOT oil AND NOT gas', 'E_ONLY_NOT', 0],
    ['oil OR NOT gas', 'E_ONLY_NOT', 7],
    ['oil AND (gas OR -coal)', 'E_ONLY_NOT', 16],
    ['(oil AND gas) NEAR coal', 'E_BAD_OPERAND', 0],
    ['oil NEAR lang:ar', 'E_BAD_OPERAND', 9],
    ['ATLEAST/2(oil AND gas)', 'E_BAD_OPERAND', 9],
    ['oil OR x*', 'E_SHORT_WILDCARD', 7],
    ['*', 'E_SHORT_WILDCARD', 0],
    ['~Ali', 'E_SHORT_NAME', 0],
    ['~حسين', 'E_NAME_SCRIPT', 0],
    ['titel:oil', 'E_UNKNOWN_FIELD', 0],
    ['oil source:*', 'E_BAD_VALUE', 11],
    ['lang:(fa AND ar)', 'E_BAD_VALUE', 5],
    ['lang:()', 'E_BAD_VALUE', 5],
    ['نفط) AND غاز', 'E_UNOPENED_PAREN', 3],
    ['نفط NEAR/س غاز', 'E_BAD_NUMBER', 4],
    ['«نفت', 'E_UNCLOSED_QUOTE', 0],
    ['\u{1d408}ran AND (gas', 'E_UNCLOSED_PAREN', 10],
    ['oil\nAND\n(gas', 'E_UNCLOSED_PAREN', 8],
    ['oil "gas" "', 'E_UNCLOSED_QUOTE', 10],
    ['oil AND ~al-Ali', 'E_SHORT_NAME', 8],
    ['oil NEAR/99999999999 gas', 'E_BAD_NUMBER', 4],
    ['oil | | gas', 'E_MISSING_OPERAND', 4],
    ['oil -', 'E_MISSING_OPERAND', 4],
  ]
  test.each(mistakes)('%s → %s', (query, code, offset) => {
    const parsed = parseQuery(query)
    expect(parsed.ok ? undefined : { code: parsed.problem.code, offset: parsed.problem.offset }).toEqual({
      code,
      offset,
    })
  })

  const huge: readonly (readonly [why: string, query: string, code: string])[] = [
    ['brackets', `${'('.repeat(50_000)}oil`, 'E_TOO_DEEP'],
    ['NOTs', `oil ${'NOT '.repeat(20_000)}gas`, 'E_TOO_DEEP'],
    ['NEARs', Array.from({ length: 5_000 }, () => 'oil').join(' NEAR '), 'E_TOO_DEEP'],
    ['fields', `${'title:'.repeat(10_000)}oil`, 'E_TOO_DEEP'],
    ['terms', 'oil '.repeat(6_000), 'E_TOO_LONG'],
    ['letters', 'o'.repeat(200_000), 'E_TOO_LONG'],
    ['words of one phrase', `"${'oil '.repeat(200)}"`, 'E_TOO_LONG'],
  ]
  test.each(huge)('too many %s are refused', (_, query, code) => {
    const parsed = parseQuery(query)
    expect(parsed.ok ? 'accepted' : parsed.problem.code).toBe(code)
  })

  test('whatever is typed, the parser answers', () => {
    const sign = fc.constantFrom(
      '(',
      ')',
      '"',
      '~',
      '=',
      '*',
      '-',
      ':',
      '|',
      ' ',
      'a',
      'AND',
      'NOT',
      'NEAR/2',
      'ATLEAST/2',
      'lang:',
      '\\',
      '«',
    )
    const typed = fc.oneof(
      anyText,
      fc.array(sign).map((signs) => signs.join('')),
    )
    fc.assert(
      fc.property(typed, (query) => {
        const parsed = parseQuery(query)
        if (parsed.ok) return
        expect(parsed.problem.offset).toBeGreaterThanOrEqual(0)
        expect(parsed.problem.offset).toBeLessThanOrEqual(query.length)
      }),
    )
  })
})

describe('warnings', () => {
  const warned: readonly (readonly [query: string, warnings: readonly (readonly [string, number])[]])[] = [
    [
      'oil or gas',
      [
        ['W_LOWERCASE_OPERATOR', 4],
        ['W_IMPLIED_AND', 4],
      ],
    ],
    ['oil AND gas OR coal', [['W_MIXED_AND_OR', 12]]],
    ['(oil AND gas) OR coal', []],
    ['oil gas', [['W_IMPLIED_AND', 4]]],
    ['oil -gas lang:ar', []],
    ['oil "and" gas', [['W_IMPLIED_AND', 4]]],
  ]
  test.each(warned)('%s', (query, expected) => {
    const parsed = parseQuery(query)
    expect(parsed.ok && parsed.warnings.map(({ code, offset }) => [code, offset])).toEqual(expected)
  })
})

describe('a topic that cannot be used says why', () => {
  type Keys = Omit<Topic, 'id' | 'name'>
  const topics: readonly (readonly [keys: Keys, key: string, code: string])[] = [
    [{}, 'any', 'E_EMPTY'],
    [{ none: ['oil'] }, 'none', 'E_ONLY_NOT'],
    [{ any: [] }, 'any', 'E_EMPTY_LIST'],
    [{ any: { fa: [] } }, 'any', 'E_EMPTY_LIST'],
    [{ all: ['oil', []] }, 'all', 'E_EMPTY_LIST'],
    [{ any: ['oil', '—'] }, 'any', 'E_EMPTY_TERM'],
    [{ any: ['~Ali'] }, 'any', 'E_SHORT_NAME'],
    [{ near: { within: 3, of: [['oil']] } }, 'near', 'E_MISSING_OPERAND'],
    [{ near: { within: -1, of: [['oil'], ['gas']] } }, 'near', 'E_BAD_NUMBER'],
    [{ near: { within: 1, of: Array.from({ length: 100 }, () => ['oil']) } }, 'near', 'E_TOO_DEEP'],
    [{ where: { source: '*' } }, 'where', 'E_BAD_VALUE'],
    [{ any: ['oil'], query: '(' }, 'query', 'E_UNCLOSED_PAREN'],
  ]
  test.each(topics)('%j', (keys, key, code) => {
    const { problems, watchlist } = compileWatchlist([{ id: 't', name: 'T', ...keys }])
    expect(problems.map((problem) => [problem.key, problem.code])).toEqual([[key, code]])
    expect(watchlist.topicIds).toEqual([])
  })

  function shown(query: string): string {
    const topic = { id: 't', name: 'T', query }
    const [problem] = compileWatchlist([topic]).problems
    return problem === undefined ? '' : showProblem(topic, problem)
  }

  test('an entry with the comma of another script is one phrase, and a warning says so', () => {
    const lists = { any: { fa: ['قیمت نان', 'نان، نمک'] }, all: ['oil, gas'], none: ['خبز، ملح'] }
    const { warnings, problems } = compileWatchlist([{ id: 't', name: 'T', ...lists }])
    expect(problems).toEqual([])
    expect(warnings.map(({ key, message }) => [key, message])).toEqual([
      [
        'any',
        'W_OTHER_COMMA in any: one phrase, since YAML knows no other comma than ,: “\u2068نان، نمک\u2069”',
      ],
      [
        'none',
        'W_OTHER_COMMA in none: one phrase, since YAML knows no other comma than ,: “\u2068خبز، ملح\u2069”',
      ],
    ])
  })

  test('an entry written as a query is one phrase, and a warning says so', () => {
    const lists = { any: ['trial and error', 'oil AND gas'], all: ['Al-Sadr'], none: ['-bread'] }
    const { warnings, problems } = compileWatchlist([{ id: 't', name: 'T', ...lists }])
    expect(problems).toEqual([])
    expect(warnings.map(({ key, code, message }) => [key, code, message.includes('AND')])).toEqual([
      ['any', 'W_OPERATOR_IN_LIST', true],
      ['none', 'W_OPERATOR_IN_LIST', false],
    ])
  })

  test('line, column, caret, fragment and hint', () => {
    expect(shown('oil AND\n  (gas OR coal')).toBe(
      [
        'topic t: E_UNCLOSED_PAREN at line 2, column 3: this bracket is never closed: “\u2068(gas\u2069”',
        '    (gas OR coal',
        '    ^',
        '  hint: close the bracket with )',
      ].join('\n'),
    )
  })

  test('in right-to-left text the place is marked in the line', () => {
    expect(shown('بغداد AND (البصرة')).toContain('  بغداد AND ▶(البصرة')
  })
})
