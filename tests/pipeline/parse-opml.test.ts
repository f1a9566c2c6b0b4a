import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { opmlNamespace } from '../../src/pipeline/opml.ts'
import { parseOpml } from '../../src/pipeline/parse-opml.ts'

const fixture = new URL('../fixtures/opml/another-reader.opml', import.meta.url)

function opml(body: string, head = ''): string {
  return `<?xml version="1.0"?>\n${head}<opml version="2.0" xmlns:pl="${opmlNamespace}"><body>\n${body}\n</body></opml>`
}

describe('a list written by another reader', () => {
  const { entries, rejected } = parseOpml(readFileSync(fixture, 'utf8'))

  test('gives every good row with its folders, outermost first, and its line', () => {
    expect(entries).toEqual([
      {
        url: 'https://tigrisbell.example/rss.xml',
        title: 'جرس دجلة',
        language: 'ar',
        categories: ['Iraq <daily>'],
        line: 7,
      },
      {
        url: 'https://palmyrawire.example/rss.xml',
        title: 'Palmyra "Wire"',
        categories: ['Iraq <daily>', 'Wires'],
        line: 9,
      },
      { url: 'https://harbourpost.example/rss.xml?a=1&b=2', categories: [], line: 18 },
    ])
  })

  test('names every bad row by its line and says why, without repeating a password or a script', () => {
    expect(rejected).toEqual([
      { line: 12, because: 'xmlUrl is javascript:, not http: or https:' },
      { line: 13, because: 'same xmlUrl as line 7' },
      { line: 14, because: 'a feed without xmlUrl' },
      { line: 15, because: 'xmlUrl is ftp:, not http: or https:' },
      { line: 17, because: 'xmlUrl is not an address' },
    ])
  })
})

describe('our own attributes', () => {
  test('are read under whatever prefix the file gives our namespace', () => {
    const text = opml('<outline x:kind="state" x:grade="D" pl:family="no" xmlUrl="https://a.example/"/>')
    const { entries } = parseOpml(text.replace('xmlns:pl', 'xmlns:x'))
    expect(entries[0]).toMatchObject({ kind: 'state', grade: 'D' })
    expect(entries[0]).not.toHaveProperty('family')
  })

  test.each([
    ['pl:grade="F"', 'grade must be one of A to E'],
    ['pl:kind="paper"', 'kind must be one of wire, state, independent, exile, think-tank, official, party'],
  ])('%s is a bad row', (attribute, because) => {
    const { entries, rejected } = parseOpml(opml(`<outline ${attribute} xmlUrl="https://a.example/"/>`))
    expect(entries).toEqual([])
    expect(rejected).toEqual([{ line: 3, because }])
  })
})

describe('files that are not what they say', () => {
  test.each(['', 'no markup at all', '<html><body>Not found</body></html>', '<rss version="2.0"/>'])(
    '%j is reported as no OPML',
    (text) => {
      expect(parseOpml(text)).toEqual({
        entries: [],
        rejected: [{ line: 1, because: 'not OPML: there is no opml element' }],
      })
    },
  )

  test('a file cut in the middle gives its good rows and says that it was cut', () => {
    const whole = opml('<outline xmlUrl="https://a.example/"/>\n<outline xmlUrl="https://b.example/"/>')
    const { entries, rejected } = parseOpml(whole.slice(0, whole.indexOf('b.example')))
    expect(entries.map((entry) => entry.url)).toEqual(['https://a.example/'])
    expect(rejected).toEqual([{ line: 4, because: 'the file ends before </opml>' }])
  })

  test('rows in comments and CDATA are no rows', () => {
    const row = '<outline xmlUrl="https://a.example/"/>'
    expect(parseOpml(opml(`<!-- ${row} --><![CDATA[${row}]]>`)).entries).toEqual([])
  })

  test('control characters, hidden as references, do not reach a title', () => {
    const { entries } = parseOpml(opml('<outline text="a&#1;b&#x1F;\n c&#0;" xmlUrl="https://a.example/"/>'))
    expect(entries[0]?.title).toBe('a b c\ufffd')
  })
})

test('whatever the bytes were, reading ends, and every row has a line of the file and an http address', () => {
  const whole = ['<opml xmlns:pl="urn:presslark:opml">', '<outline xmlUrl="http://b.example/">', '</outline>']
  const broken = [
    '<outline\n xmlUrl="data:,"/>',
    '<outline',
    ' xmlUrl="https://a.example/',
    ' text="',
    '"',
    '>',
  ]
  const odd = ['\n', '<!--', '-->', '<![CDATA[', ']]>', '<!DOCTYPE', '&#0;', '&amp', '\u0000', '\ud800']
  const pieces = fc.constantFrom(...whole, ...broken, ...odd)
  fc.assert(
    fc.property(
      fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 60 }),
      (parts) => {
        const text = parts.join('')
        const { entries, rejected } = parseOpml(text)
        for (const { line } of [...entries, ...rejected]) {
          expect(line).toBeGreaterThanOrEqual(1)
          expect(line).toBeLessThanOrEqual(text.split('\n').length)
        }
        for (const { url } of entries) expect(URL.parse(url)?.protocol).toMatch(/^https?:$/)
      },
    ),
  )
})

describe('hostile files stay cheap (B39)', () => {
  const rows = (count: number): string =>
    Array.from(
      { length: count },
      (_, i) => `<outline text="Feed ${i}" xmlUrl="https://h${i}.example/rss"/>`,
    ).join('\n')

  test('a billion laughs stay the name of an entity', () => {
    const steps = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join(
      '',
    )
    const text = opml(
      '<outline text="&l9;" xmlUrl="https://a.example/"/>',
      `<!DOCTYPE opml [<!ENTITY l0 "ha">${steps}<!ENTITY f SYSTEM "file:///etc/passwd">]>`,
    )
    expect(parseOpml(text).entries.map((entry) => entry.title)).toEqual(['&l9;'])
  })

  test('50,000 rows are all read, each with its line', () => {
    const { entries, rejected } = parseOpml(opml(rows(50_000)))
    expect(entries).toHaveLength(50_000)
    expect(entries.at(-1)).toMatchObject({ url: 'https://h49999.example/rss', line: 50_002 })
    expect(rejected).toEqual([])
  })

  test('50,000 rows on one line take no longer', () => {
    const one = opml(rows(50_000).replaceAll('\n', ''))
    expect(parseOpml(one).entries.at(-1)?.line).toBe(3)
  })

  test('10,000 folders in one another keep the feed inside and its first eight folders', () => {
    const deep = `${'<outline text="in">'.repeat(10_000)}${rows(1)}${'</outline>'.repeat(10_000)}`
    const { entries } = parseOpml(opml(deep))
    expect(entries.map((entry) => entry.categories)).toEqual([Array(8).fill('in')])
  })

  test('rows that are never closed are rows all the same', () => {
    const open = Array.from({ length: 20_000 }, (_, i) => `<outline xmlUrl="https://h${i}.example/">`).join(
      '\n',
    )
    const { entries } = parseOpml(opml(open))
    expect(entries).toHaveLength(20_000)
  })

  test('more than 100,000 elements are not read, and the file says so', () => {
    const { entries, rejected } = parseOpml(opml(`${rows(10)}${'<outline/>'.repeat(150_000)}${rows(1)}`))
    expect(entries).toHaveLength(10)
    expect(rejected[0]?.because).toBe('more than 100000 elements: the rest was not read')
  })

  test('50 MB are refused unread', () => {
    const { entries, rejected } = parseOpml(opml(rows(1) + ' '.repeat(50_000_000)))
    expect(entries).toEqual([])
    expect(rejected).toEqual([{ line: 1, because: 'longer than 20000000 characters: not read' }])
  })

  test('an attribute of 10 MB is cut, and an address of that size is a bad row', () => {
    const long = 'x'.repeat(10_000_000)
    const title = parseOpml(opml(`<outline text="${long}" xmlUrl="https://a.example/"/>`))
    expect(title.entries[0]?.title).toBe('x'.repeat(500))
    const url = parseOpml(opml(`<outline xmlUrl="https://a.example/${long}"/>`))
    expect(url.rejected).toEqual([{ line: 3, because: 'xmlUrl is longer than 4096 characters' }])
  })
})
