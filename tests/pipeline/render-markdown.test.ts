import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { describe, expect, test } from 'vitest'
import { composeEdition } from '../../src/pipeline/compose.ts'
import { renderMarkdown } from '../../src/pipeline/render-markdown.ts'
import { displayLine } from '../../src/text/display-line.ts'
import { article, material, outlet } from './edition-material.ts'
import { type Link, linksOf, markdownReaders } from './markdown-readers.ts'

const hostile = JSON.parse(
  readFileSync(new URL('../fixtures/markdown/hostile-titles.json', import.meta.url), 'utf8'),
) as { titles: string[]; urls: string[] } // the fixture's own shape
const more = [
  'a [x](b) c',
  '[a]: https://evil.example',
  '``` dataviewjs',
  '---',
  '%% hidden %%',
  '$x^2$ costs $5',
  '[[x|y]]',
  '#tag',
  'a\\',
  '&#91;',
  '**',
  '_a_b_',
  '1. one',
  '+ plus',
  '> quote',
  '~~~',
  '{{< figure >}}',
  'x@y.example https://bare.example',
  '<!-- x',
  '<script>',
  '| a | b |',
  '\\[x\\](y)',
  'عنوان [فارسی](x)',
  '=======',
  'a  \nb',
]

function renderedWith(title: string, url: string): string {
  return renderMarkdown(composeEdition(material([article(1, { title, url, outlet: outlet('Daily') })])))
}

/** Once as the headline and once among the links of the appendix. */
const twice = (link: Link) => [link, link]
/** The same place, however its characters are encoded. */
const same = (url: string) => decodeURIComponent(url.replace(/%(?![0-9a-f]{2})/gi, '%25'))

describe.each(Object.entries(markdownReaders))('a hostile title read by %s', (_, read) => {
  const shown = (title: string, url: string) => linksOf(read(renderedWith(title, url)))

  test.each([...hostile.titles, ...more])('%j is one link with its exact text', (title) => {
    expect(shown(title, 'https://ok.example/1')).toEqual(
      twice({ href: 'https://ok.example/1', text: displayLine(title) }),
    )
  })

  test.each([
    ...hostile.urls,
    'https://ok.example/`x`',
    'https://ok.example/<b>',
    'https://ok.example/{{x}}',
    'https://ok.example/*a*_b_~c~',
    'https://ok.example/[x]',
    'https://ok.example/%25%%',
  ])('with the link %s stays one link to there', (url) => {
    const links = shown('x [y](z)', url)
    expect(links.map(({ text }) => text)).toEqual(['x [y](z)', 'x [y](z)'])
    expect(links.map(({ href }) => same(href))).toEqual([same(url), same(url)])
  })

  test('B33 is one link with its exact text whatever it is', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...'[ ] ( ) < > ! # * _ ` ~ | \\ & ; : / @ $ % { } = + - . 1 www https:// a ب'.split(' '),
        ' ',
        '\n',
      ),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
        const text = displayLine(pieces.join(''))
        fc.pre(text !== '')
        expect(shown(pieces.join(''), 'https://ok.example/1')).toEqual(
          twice({ href: 'https://ok.example/1', text }),
        )
      }),
      { numRuns: 100 },
    )
  })
})

describe('B34 in note programs and site generators', () => {
  const markdown = renderMarkdown(
    composeEdition(
      material([
        article(1, {
          title: '![[embed]] [[x]] %% c %% <% t %> {{ v }} {% raw %} ==m== $m$ #tag ```dataviewjs',
          summary: 'See www.evil.example and https://evil.example/x or a@evil.example, [[link]].',
          topics: { water: 'See' },
          outlet: outlet('--- [[Daily]]'),
        }),
      ]),
    ),
  )

  test.each(['[[', ']]', '%%', '<%', '%>', '{{', '}}', '{%', '%}', '==', '```', ' #tag', 'www.'])(
    'nothing reads as %s',
    (construct) => {
      expect(markdown).not.toContain(construct)
    },
  )

  test('no address reads as one', () => {
    expect(markdown).not.toMatch(/(?<!\\):\/\/evil|(?<!\\)@evil/)
  })

  test('B34 it starts with its heading, not with front matter', () => {
    expect(markdown).toMatch(/^# /)
  })

  test('an address in a quoted sentence does not become a link', () => {
    expect(linksOf(new MarkdownIt({ linkify: true }).render(markdown)).map(({ href }) => href)).toEqual([
      'https://daily.example/1',
      'https://daily.example/1',
    ])
  })
})

test('the words that matched are strong', () => {
  const summary = 'Releases from the (old) dam, officials say, go on.'
  const markdown = renderMarkdown(
    composeEdition(material([article(1, { summary, topics: { water: '(old) dam' } })])),
  )
  const html = new MarkdownIt().render(markdown)
  expect(html).toContain('<strong>(old) dam</strong>, officials')
})
