import { describe, expect, test } from 'vitest'
import type { ConfigFileName } from '../../src/app/config-schema.ts'
import { mistakesIn, topics } from './config-text.ts'

const quotes = '    text that begins with ~, *, &, !, %, @ or ` or holds ": " needs quotes around all of it'
const columns = 'keys of one entry begin in one column; a new entry of a list begins with "- "'

describe('YAML that is broken', () => {
  test.each<[string, ConfigFileName, string | Uint8Array, readonly string[]]>([
    [
      'a term with quotes inside but not around',
      'topics',
      `${topics}    any: ["x"]y\n`,
      [
        'config/topics.yaml:5:15: text goes on after a closing quote',
        '    put single quotes around all of it, or write it on the line below "query: >"',
      ],
    ],
    [
      'a query with a colon',
      'topics',
      `${topics}    query: ~"x" AND y: z\n`,
      ['config/topics.yaml:5:12: a second ": " stands in this line', quotes],
    ],
    [
      'a word after an exclamation mark',
      'topics',
      `${topics}    any: [!x y]\n`,
      ['config/topics.yaml:5:11: Unresolved tag: !x', quotes],
    ],
    [
      'a word after a star',
      'topics',
      `${topics}    any: [*truce]\n`,
      ['config/topics.yaml:5:11: *truce refers to nothing', quotes],
    ],
    [
      'a word after an ampersand',
      'topics',
      `${topics}    any: [&x y]\n`,
      ['config/topics.yaml:5:14: &x before this is a mark that nothing refers to', quotes],
    ],
    [
      'a word after an at sign',
      'topics',
      `${topics}    any: [@x]\n`,
      ['config/topics.yaml:5:11: a text cannot begin with this sign', quotes],
    ],
    [
      'an entry that begins a column too far left',
      'topics',
      `${topics} - id: b\n   name: B\n   any: [x]\n`,
      ['config/topics.yaml:5:1: indented neither like the keys above nor like a new entry', `    ${columns}`],
    ],
    [
      'a tab',
      'topics',
      'topics:\n\t- id: a\n',
      ['config/topics.yaml:2:1: tabs cannot indent YAML', '    use spaces'],
    ],
    [
      'a key twice',
      'topics',
      `${topics}    name: B\n`,
      ['config/topics.yaml:5:5: the key "name" stands here twice', `    keep one; ${columns}`],
    ],
    [
      'two documents',
      'presslark',
      'database: a\n---\ndatabase: b\n',
      [
        'config/presslark.yaml:2:1: a second document begins here; a file holds one',
        '    delete the line ---',
      ],
    ],
    [
      'Arabic in another encoding',
      'presslark',
      Uint8Array.of(...Buffer.from('queue: embedded\nx: '), 0xc7, 0xe1),
      [
        'config/presslark.yaml:2:4: this file is not UTF-8',
        '    save it again as UTF-8 (in Notepad: Save as, Encoding)',
      ],
    ],
    [
      'UTF-16',
      'presslark',
      Uint8Array.of(0xff, 0xfe, 0x61, 0),
      [
        'config/presslark.yaml:1:1: this file is not UTF-8',
        '    save it again as UTF-8 (in Notepad: Save as, Encoding)',
      ],
    ],
  ])('%s', (_, name, text, lines) => {
    expect(mistakesIn(name, text)).toEqual(lines)
  })

  const slips: readonly (readonly [slip: string, lines: string, place: string, told: string])[] = [
    ['a quote left open', '    any: ["bread, fuel]\n', '5:11', 'this quote is never closed'],
    ['the same before more entries', "    query: 'نان\n  - id: b\n", '5:12', 'this quote is never closed'],
    ['a list left open', '    any: [bread, نان\n    none: [x]\n', '5:10', 'this list is never closed'],
    ['a word that begins a comment', '    any: [bread, #fuel]\n', '5:10', 'this list is never closed'],
    ['a map left open', '    near: {within: 3, of: [[a], [b]]\n', '5:11', 'this bracket is never closed'],
    ['a bracket too many', '    any: [bread]]\n', '5:17', 'this bracket was never opened'],
    ['a comma too many', '    any: [bread,, fuel]\n', '5:17', 'an entry is missing beside this comma'],
    ['a key too far left', '   any: [bread]\n', '5:1', 'indented neither like the keys above'],
    ['a key farther left', '  any: [bread]\n', '5:1', 'indented otherwise than the lines beside it'],
    ['a key too far right', '      any: [bread]\n', '4:11', 'the line below is indented as if it belonged'],
    ['no blank behind the colon', '    any:[bread]\n', '5:5', 'expected a key, a colon, a blank and a value'],
    ['no blank behind the hyphen', '    any:\n    -bread\n    - fuel\n', '6:5', 'a hyphen without a blank'],
    ['a list beside its key', '    any: - bread\n', '5:10', 'a list with hyphens begins on the line below'],
    ['text beside its sign', '    query: > bread\n', '5:14', 'the text begins on the next line'],
    ['a wide colon', '    any： [نان]\n', '5:5', 'a colon of another kind'],
    ['a blank that does not break', '    any:\u00a0[نان]\n', '5:5', 'a blank of another kind'],
    ['a backslash', '    query: "oil\\d"\n', '5:16', 'a \\ means something of its own'],
  ]
  test.each(slips)('%s is told once, where it was made, with its remedy', (_, lines, place, told) => {
    const [first, hint, ...more] = mistakesIn('topics', topics + lines)
    expect(first?.startsWith(`config/topics.yaml:${place}: `), first).toBe(true)
    expect(first).toContain(told)
    expect(hint).toMatch(/^ {4}\S/)
    expect(more).toEqual([])
  })

  test('what follows from a mistake is not told, what stands before it is', () => {
    const text = `${topics}    name: B\n    any: [bread\n  - id: b\n`
    expect(mistakesIn('topics', text).filter((line) => line.startsWith('config'))).toEqual([
      'config/topics.yaml:5:5: the key "name" stands here twice',
      'config/topics.yaml:6:10: this list is never closed',
    ])
  })

  test('aliases that multiply', () => {
    const level = (name: string, of: string) => `${name}: &${name} [${Array(10).fill(of).join(',')}]\n`
    const bomb = level('a', 'x') + level('b', '*a') + level('c', '*b') + level('d', '*c')
    expect(mistakesIn('presslark', bomb)).toEqual([
      'config/presslark.yaml: its aliases multiply beyond all bounds',
    ])
  })

  test('every broken place is named', () => {
    expect(
      mistakesIn('topics', `${topics}    any: [!x y]\n    none: [!z y]\n`).filter((line) =>
        line.includes('tag'),
      ),
    ).toHaveLength(2)
  })
})
