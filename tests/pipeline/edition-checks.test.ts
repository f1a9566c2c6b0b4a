import MarkdownIt from 'markdown-it'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { describe, expect, test } from 'vitest'
import { mailOptions } from '../../src/deliver/email-message.ts'
import type { Edition } from '../../src/model/digest.ts'
import { composeEdition } from '../../src/pipeline/compose.ts'
import { renderHtml } from '../../src/pipeline/render-html.ts'
import { renderJson } from '../../src/pipeline/render-json.ts'
import { renderMarkdown } from '../../src/pipeline/render-markdown.ts'
import { renderText } from '../../src/pipeline/render-text.ts'
import { messageFor } from '../deliver/mail-message.ts'
import { article, material } from './edition-material.ts'
import { goldenMaterial } from './golden-material.ts'

type Node = DefaultTreeAdapterTypes.Node
const nodesOf = (node: Node): readonly Node[] => [
  node,
  ...('childNodes' in node ? node.childNodes.flatMap(nodesOf) : []),
]
const hrefsOf = (html: string): readonly string[] =>
  nodesOf(parse(html)).flatMap((node) =>
    'attrs' in node ? node.attrs.flatMap(({ name, value }) => (name === 'href' ? [value] : [])) : [],
  )
const textOf = (html: string): string =>
  nodesOf(parse(html))
    .map((node) => ('value' in node ? node.value : ''))
    .join('')

/** Every link that an edition names, wherever in it. */
function linksIn(edition: Edition): ReadonlySet<string> {
  const links = new Set<string>()
  JSON.stringify(edition, (key, value: unknown) => {
    if ((key === 'url' || key === 'feedUrl') && typeof value === 'string') links.add(value)
    return value
  })
  return links
}

describe('the links of an edition', () => {
  const edition = composeEdition(goldenMaterial('en'))
  const links = linksIn(edition)

  test('B56 lead to the publishers themselves: nothing counts clicks on the way', () => {
    const shown = hrefsOf(renderHtml(edition))
    expect(shown.length).toBeGreaterThan(8)
    for (const link of shown) expect(links).toContain(link)
    for (const link of renderText(edition).match(/https?:\/\/[^\s<>]+/g) ?? []) expect(links).toContain(link)
  })

  test('B31 lose what names a campaign, and keep what names the page', () => {
    for (const link of links) expect(link).not.toMatch(/utm_/)
    expect(links).toContain('https://tigris.example/water/dam?id=7')
  })
})

describe('B38 a title that a spreadsheet would run', () => {
  const titles = [
    '=1+1',
    '+cmd|" /C calc"!A0',
    '-2+3',
    '@SUM(1+9)',
    '\t=1+1',
    '=HYPERLINK("http://evil.example","x")',
  ]

  test.each(titles)('%j is text in every format, exactly as it was written', (title) => {
    const edition = composeEdition(material([article(1, { title })]))
    const shown = title.trim()
    expect(textOf(renderHtml(edition))).toContain(shown)
    expect(renderText(edition)).toContain(shown)
    expect(JSON.parse(renderJson(edition)).sections[0].stories[0].lead.title).toBe(shown)
    const tokens = new MarkdownIt()
      .parse(renderMarkdown(edition), {})
      .flatMap(({ children }) => children ?? [])
    expect(tokens.map(({ content }) => content).join('')).toContain(shown)
  })
})

describe('B40 the JSON of an edition', () => {
  test('comes back as it was, whatever titles hold', () => {
    const title = 'a & <b> "c" ]]> \u{1f30a} \u2028 \\ \ud800'
    const edition = composeEdition(material([article(1, { title })]))
    const read = JSON.parse(renderJson(edition)) as { sections: Edition['sections'] } // what we wrote
    expect(read.sections[0]?.stories[0]?.lead.title).toBe(edition.sections[0]?.stories[0]?.lead.title)
    expect(renderJson(edition)).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/)
  })
})

describe('B37 a mail', () => {
  test('is made of what it holds: nothing in it makes the sender read a file or an address', () => {
    const bodies = {
      ...messageFor({ kind: 'stdout', format: 'md' }).bodies,
      html: '<img src="file:///etc/passwd">',
    }
    const options = mailOptions(
      messageFor({ kind: 'email', to: ['a@desk.example'] }, { bodies }),
      { host: 'h', port: 25, tls: 'none', from: 'desk@desk.example' },
      'a@desk.example',
    )
    expect(options).toMatchObject({ disableFileAccess: true, disableUrlAccess: true })
    expect(JSON.stringify(options)).not.toMatch(/"(?:path|href|raw)":/)
  })
})

describe('B30 links of other schemes', () => {
  const schemes = [
    'javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    '\\\\host\\share',
    'ms-msdt:/id',
    'intent://x',
    'java\nscript:alert(1)',
    ' javascript:x',
  ]
  const edition = composeEdition(material(schemes.map((url, index) => article(index + 1, { url }))))

  test('are in no format at all', () => {
    expect(hrefsOf(renderHtml(edition)).filter((link) => !link.startsWith('#'))).toEqual([])
    expect(renderMarkdown(edition)).not.toMatch(/\]\(/)
    expect(renderJson(edition)).not.toContain('"url"')
    expect(renderText(edition)).not.toMatch(/script:|file:|intent:/)
  })
})

describe('D02 the plain text', () => {
  test('tells the stories of the HTML in the same order', () => {
    const edition = composeEdition(goldenMaterial('ar'))
    const titles = [...edition.topStories, ...edition.sections.flatMap(({ stories }) => stories)].map(
      ({ lead }) => lead.title,
    )
    const flat = renderText(edition)
      .replace(/\s+/g, ' ')
      .replace(/[\u2068\u2069]/g, '')
    let at = 0
    for (const title of titles) {
      at = flat.indexOf(title, at) + 1
      expect(at, title).toBeGreaterThan(0)
    }
    expect(flat).not.toMatch(/<(?:p|div|a|td|h\d)[ >]|view in (?:your )?browser/i)
  })
})
