import { tmpdir } from 'node:os'
import { describe, expect, test } from 'vitest'
import { configSchemas } from '../../src/app/config-schema.ts'
import { readYamlFile } from '../../src/app/yaml-file.ts'
import { mistakesIn, read, topics } from './config-text.ts'

describe('a file', () => {
  test('that is missing is told with what writes it', () => {
    const read = () => readYamlFile('/nowhere/topics.yaml', 'config/topics.yaml', configSchemas.topics)
    expect(read).toThrow(
      'config/topics.yaml: this file is missing\n    write a commented starter set with: presslark init',
    )
  })

  test('that is a folder cannot be read', () => {
    expect(() => readYamlFile(tmpdir(), 'config/topics.yaml', configSchemas.topics)).toThrow(
      /cannot be read[\s\S]*\n {4}it must be a file, and this user must have the right to read it/,
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

  test('under an unknown key is told with those that may stand there', () => {
    expect(mistakesIn('sources', 'sources: []\nxyzzyplugh: 1\n')[1]).toBe('    known keys: sources')
    expect(mistakesIn('topics', `${topics}    where: { language: fa }\n`)[1]).toBe(
      '    known keys: lang, source, country, kind, url, tag',
    )
  })

  test('of the wrong type is told with its path', () => {
    const text =
      'sources:\n  - id: harbour\n    name: 12\n    feeds:\n      - url: https://a.example/\n        interval: 30\n'
    expect(mistakesIn('sources', text)).toEqual([
      'config/sources.yaml:3:11 sources[0].name: expected string, received number',
      '    put quotes around it',
      'config/sources.yaml:6:19 sources[0].feeds[0].interval: expected string, received number',
      '    put quotes around it',
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
      'config/topics.yaml:5:10 topics[0].any: expected a list of words such as [bread, fuel queue], or such lists by language',
    ])
    expect(mistakesIn('topics', `${topics}    any: [one, 2]\n`)).toEqual([
      'config/topics.yaml:5:16 topics[0].any[1]: expected string, received number',
      '    put quotes around it',
    ])
    expect(mistakesIn('topics', `${topics}    any: { fa: [x], farsi: [نان] }\n`)).toEqual([
      'config/topics.yaml:5:21 topics[0].any.farsi: expected a language tag such as en, ar, fa or ckb, or "*"',
    ])
  })

  test('of a size is told in words', () => {
    const near = (rest: string): string => `${topics}    near: { ${rest} }\n`
    expect(mistakesIn('topics', near('within: 3, of: [[bread]]'))).toEqual([
      'config/topics.yaml:5:28 topics[0].near.of: expected 2 entries or more',
    ])
    expect(mistakesIn('topics', near('within: 3, of: [[bread], []]'))).toEqual([
      'config/topics.yaml:5:38 topics[0].near.of[1]: expected an entry; the list is empty',
    ])
    expect(mistakesIn('topics', near('within: 3000, of: [[bread], [fuel]]'))).toEqual([
      'config/topics.yaml:5:21 topics[0].near.within: expected a number of 1000 at most',
    ])
    expect(mistakesIn('presslark', 'database: ""\n')).toEqual([
      'config/presslark.yaml:1:11 database: is empty',
    ])
  })

  test('that is nothing, since a # begins a comment, is told with what to do', () => {
    expect(mistakesIn('topics', `${topics}    any:\n      - bread\n      - #fuel\n`)).toEqual([
      'config/topics.yaml:7:9 topics[0].any[1]: expected string, received null',
      '    nothing stands here; write a text, with quotes around one that begins with #',
    ])
  })

  test('in right-to-left script is placed as the editor places it', () => {
    const text = `${topics}    any: ["وقف إطلاق النار", 5]\n`
    expect(mistakesIn('topics', text)).toEqual([
      'config/topics.yaml:5:30 topics[0].any[1]: expected string, received number',
      '    put quotes around it',
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
