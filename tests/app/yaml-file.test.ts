// A mistake in a configuration file is told with its line, what was expected and how to mend it; all of them at once.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ConfigError } from '../../src/app/config-error.ts'
import { type ConfigFileName, configSchemas, knownKeys } from '../../src/app/config-schema.ts'
import { readYamlFile } from '../../src/app/yaml-file.ts'

function fileWith(text: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'presslark-yaml-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'file.yaml')
  writeFileSync(path, text)
  return path
}

function read(name: ConfigFileName, text: string | Uint8Array) {
  return readYamlFile(fileWith(text), `config/${name}.yaml`, configSchemas[name], knownKeys(name))
}

/** The lines a user reads. */
function mistakesIn(name: ConfigFileName, text: string | Uint8Array): readonly string[] {
  try {
    read(name, text)
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n')
    throw error
  }
  return []
}

const topics = 'watchlists: [{ id: w, name: W, topics: all }]\ntopics:\n  - id: a\n    name: A\n'
const quotes = '    text that begins with ~, *, &, !, %, @ or ` or holds ": " needs quotes around all of it'

describe('YAML that is broken', () => {
  test.each<[string, ConfigFileName, string | Uint8Array, readonly string[]]>([
    [
      'a term with quotes inside but not around',
      'topics',
      `${topics}    any: ["x"]y\n`,
      ['config/topics.yaml:5:15: Unexpected scalar at node end', quotes],
    ],
    [
      'a query with a colon',
      'topics',
      `${topics}    query: ~"x" AND y: z\n`,
      ['config/topics.yaml:5:12: Nested mappings are not allowed in compact mappings', quotes],
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
      'a tab',
      'topics',
      'topics:\n\t- id: a\n',
      ['config/topics.yaml:2:1: tabs cannot indent YAML', '    use spaces'],
    ],
    [
      'a key twice',
      'topics',
      `${topics}    name: B\n`,
      ['config/topics.yaml:5:5: this key stands here twice'],
    ],
    [
      'two documents',
      'presslark',
      'database: a\n---\ndatabase: b\n',
      ['config/presslark.yaml:2:1: a second document begins here; a file holds one'],
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

describe('a file', () => {
  test('that is missing is told with what writes it', () => {
    const read = () => readYamlFile('/nowhere/topics.yaml', 'config/topics.yaml', configSchemas.topics, [])
    expect(read).toThrow(
      'config/topics.yaml: this file is missing\n    write a commented starter set with: presslark init',
    )
  })

  test('that is a folder cannot be read', () => {
    expect(() => readYamlFile(tmpdir(), 'config/topics.yaml', configSchemas.topics, [])).toThrow(
      'cannot be read',
    )
  })

  test.each(['', '# only a comment\n', '---\n', '\ufeff'])(
    'that is empty (%j) has what its schema allows to leave out',
    (text) => {
      expect(mistakesIn('presslark', text)).toEqual([])
      expect(mistakesIn('sources', text)).toEqual([
        expect.stringContaining('sources: is missing; expected array'),
      ])
    },
  )

  test('that is a list is no settings', () => {
    expect(mistakesIn('presslark', '- a\n')).toEqual([
      'config/presslark.yaml:1:1: expected object, received array',
    ])
  })
})

describe('a value', () => {
  test('under a mistyped key is told with the nearest key', () => {
    expect(mistakesIn('presslark', 'http:\n  timeot: 30s\n')).toEqual([
      'config/presslark.yaml:2:3 http.timeot: unknown key "timeot"',
      '    did you mean "timeout"?',
    ])
  })

  test('under a key of another place is not told to be mistyped', () => {
    const text = 'sources:\n  - {id: a, name: A, url: https://a.example/, allowPrivate: true}\n'
    expect(mistakesIn('sources', text)[1]).toBe(
      '    it belongs elsewhere in this file: docs/configuration.md shows where',
    )
  })

  test('under an unknown key is told with the known ones', () => {
    expect(mistakesIn('sources', 'sources: []\nxyzzyplugh: 1\n')[1]).toContain(
      'known keys: sources, id, name',
    )
  })

  test('of the wrong type is told with its path', () => {
    const text =
      'sources:\n  - id: harbour\n    name: 12\n    feeds:\n      - url: https://a.example/\n        interval: 30\n'
    expect(mistakesIn('sources', text)).toEqual([
      'config/sources.yaml:3:11 sources[0].name: expected string, received number',
      'config/sources.yaml:6:19 sources[0].feeds[0].interval: expected string, received number',
    ])
  })

  test('that is missing is told where it belongs', () => {
    expect(mistakesIn('sources', 'sources:\n  - id: harbour\n')).toEqual([
      'config/sources.yaml:2:5 sources[0].name: is missing; expected string',
    ])
  })

  test('of several shapes is told by the shape that was meant', () => {
    const digest = (channel: string) =>
      `digests:\n  - { id: d, name: D, watchlist: w, schedule: x }\n`.replace(
        ' }',
        `, channels: [${channel}] }`,
      )
    expect(mistakesIn('digests', digest('{ email: a@b.example }'))).toEqual([
      expect.stringContaining('channels[0].email: expected array, received string'),
    ])
    expect(mistakesIn('digests', digest('{ file: x, format: pdf }'))).toEqual([
      expect.stringContaining('channels[0].format: expected one of "md"|"html"|"text"|"json"'),
    ])
    expect(mistakesIn('digests', digest('{ fax: 1 }'))).toEqual([
      expect.stringContaining('expected one of: { file, format }'),
    ])
    expect(mistakesIn('topics', `${topics}    any: one\n`)).toEqual([
      'config/topics.yaml:5:10 topics[0].any: expected a list of words, or such lists by language',
    ])
    expect(mistakesIn('topics', `${topics}    any: [one, 2]\n`)).toEqual([
      'config/topics.yaml:5:16 topics[0].any[1]: expected string, received number',
    ])
  })

  test('in right-to-left script is placed as the editor places it', () => {
    const text = `${topics}    any: ["وقف إطلاق النار", 5]\n`
    expect(mistakesIn('topics', text)).toEqual([
      'config/topics.yaml:5:30 topics[0].any[1]: expected string, received number',
    ])
    expect(read('topics', `${topics}    any: [وقف, ~آتش‌بس]\n`).value).toMatchObject({
      topics: [{ any: ['وقف', '~آتش‌بس'] }],
    })
  })

  test('is reported with every other one at once', () => {
    const text =
      'database: ""\nqueue: mysql\nhttp: { timeout: soon, concurrency: 0 }\nlog: { level: loud }\nextra: 1\n'
    expect(
      mistakesIn('presslark', text)
        .map((line) => line.match(/yaml:(\d+)/)?.[1])
        .filter(Boolean),
    ).toEqual(['1', '2', '3', '3', '4', '5'])
  })

  test('that is no web address is told with its line, each one', () => {
    const urls = [
      'file:///etc/passwd',
      'ftp://a.example/',
      'javascript:alert(1)',
      'https://a.example:22/',
      'https://me:secret@a.example/',
    ]
    const text = `sources:\n${urls.map((url, index) => `  - { id: s${index}, name: S, url: "${url}" }\n`).join('')}`
    const lines = mistakesIn('sources', text)
    expect(lines.map((line) => line.split(' ')[0])).toEqual(
      [2, 3, 4, 5, 6].map((line) => `config/sources.yaml:${line}:29`),
    )
    expect(lines.join()).not.toContain('secret')
  })

  test('can be reported afterwards, at its own line or at the nearest one around it', () => {
    const { mistake } = read('sources', 'sources:\n  - { id: a, name: A }\n')
    expect(mistake(['sources', 0, 'name'], 'is dull', 'think')).toEqual({
      file: 'config/sources.yaml',
      line: 2,
      column: 20,
      path: 'sources[0].name',
      message: 'is dull',
      hint: 'think',
    })
    expect(mistake(['sources', 0, 'url'], 'is missing')).toMatchObject({ line: 2, column: 5 })
    expect(mistake(['sources', 7], 'is missing')).toMatchObject({ line: 2, column: 3 })
  })
})
