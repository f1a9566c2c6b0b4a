import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Edition } from '../../src/model/digest.ts'
import { composeEdition } from '../../src/pipeline/compose.ts'
import { renderHtml } from '../../src/pipeline/render-html.ts'
import { renderMail } from '../../src/pipeline/render-mail.ts'
import { isShortened } from '../../src/pipeline/shortened-mark.ts'
import { article, material, outlet } from './edition-material.ts'
import { goldenMaterial } from './golden-material.ts'

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

function elementsOf(html: string, parseErrors: string[] = []): readonly Element[] {
  const walk = (node: Node): readonly Element[] => [
    ...('tagName' in node ? [node] : []),
    ...('childNodes' in node ? node.childNodes.flatMap(walk) : []),
  ]
  return walk(parse(html, { onParseError: ({ code }) => parseErrors.push(code) }))
}

const attribute = (element: Element, name: string) => element.attrs.find((one) => one.name === name)?.value
const named = (elements: readonly Element[], tagName: string) =>
  elements.filter((element) => element.tagName === tagName)
const textOf = (node: Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : ''

/** A long day: 200 stories of long headlines with sentences and copies. */
function longEdition(count = 200): Edition {
  const articles = Array.from({ length: count }, (_, index) =>
    article(index + 1, {
      title: `Reservoir ${index} at lowest level in a decade, ministry says after a meeting`,
      url: `https://daily.example/2026/11/22/water/reservoir-${index}-at-lowest-level?id=${index}`,
      summary: `The ministry said water releases from dam ${index} would be cut by a fifth until the spring.`,
      topics: { water: 'water releases' },
      publishedAt: Date.UTC(2026, 10, 22),
      sightings: [
        {
          outlet: outlet('Harbour Wire'),
          url: `https://harbour.example/${index}`,
          seenAt: Date.UTC(2026, 10, 22),
          because: 'same-text',
        },
      ],
    }),
  )
  const { digest } = material([])
  return composeEdition(material(articles, { digest: { ...digest, storiesPerSection: count } }))
}

describe('an HTML edition', () => {
  const html = renderHtml(composeEdition(goldenMaterial('en')))
  const elements = elementsOf(html)

  test('is well-formed', () => {
    const errors: string[] = []
    elementsOf(html, errors)
    expect(errors).toEqual([])
  })

  test('D16 B31 fetches nothing and runs nothing', () => {
    const tags = new Set(elements.map(({ tagName }) => tagName))
    for (const tag of ['img', 'link', 'script', 'iframe', 'object', 'form', 'base', 'video', 'svg'])
      expect(tags).not.toContain(tag)
    expect(html).not.toMatch(/url\(|@import|@font-face|\ssrc=|\son\w+=/i)
  })

  test('B30 links by http, https and mailto only', () => {
    const links = named(elements, 'a').map((element) => attribute(element, 'href'))
    expect(links.length).toBeGreaterThan(8)
    for (const link of links) expect(link).toMatch(/^(?:https?:\/\/|mailto:)/)
  })

  test('B29 shows hostile titles as text', () => {
    const headlines = named(elements, 'h3').map(textOf)
    expect(headlines).toContain('[Live] *Ports* <b>reopen</b> & trade resumes [[x]](y)')
  })

  test('D13 lets each headline and sentence run its own way, in its own language', () => {
    const headline = named(elements, 'h3').find((element) => textOf(element).startsWith('رئیس'))
    expect(headline && attribute(headline, 'dir')).toBe('auto')
    const inner = headline?.childNodes.flatMap((node) => ('attrs' in node ? [node] : []))
    expect(inner?.map((element) => attribute(element, 'lang'))).toEqual(['fa'])
    expect(named(elements, 'bdi').map(textOf)).toContain('صوت دجلة')
  })

  test('says whose voice it is', () => {
    expect(named(elements, 'p').map(textOf).join('\n')).toMatch(
      /آفتاب البرز · Iran · Persian · .* · grade\u00a0D · state media/,
    )
  })

  test('D14 has a preheader of the top headlines, padded', () => {
    const [preheader] = named(elements, 'div')
    expect(preheader && attribute(preheader, 'style')).toContain('display:none')
    expect(preheader && textOf(preheader)).toMatch(/^Mosul dam reservoir .* · Canal talks/)
    expect(html.match(/&#847;/g)?.length).toBeGreaterThan(50)
  })

  test('D11 reads without its style sheet, which only adds dark, small and print', () => {
    const sheet = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? ''
    expect(sheet.replace(/@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\}/g, '')).toBe(
      ':root{color-scheme:light dark;supported-color-schemes:light dark}',
    )
    const shown = elements.filter(({ tagName }) => ['h1', 'h2', 'h3', 'p', 'a', 'ul', 'td'].includes(tagName))
    expect(shown.filter((element) => !attribute(element, 'style')).map(({ tagName }) => tagName)).toEqual([
      'td',
    ])
  })

  test('D12 is made for dark screens: no pure black or white, and says so', () => {
    expect(named(elements, 'meta').map((element) => attribute(element, 'name'))).toEqual(
      expect.arrayContaining(['color-scheme', 'supported-color-schemes']),
    )
    expect(html).not.toMatch(/#(?:fff|000|ffffff|000000)\b/i)
  })

  test('D15 has headings in order, and tables for layout that say so', () => {
    const levels = elements.flatMap(({ tagName }) => (/^h[1-6]$/.test(tagName) ? [Number(tagName[1])] : []))
    expect(levels[0]).toBe(1)
    expect(levels.every((level, index) => level <= (levels[index - 1] ?? 0) + 1)).toBe(true)
    const layout = named(elements, 'table').filter((element) => attribute(element, 'role') === 'presentation')
    expect(layout).toHaveLength(2)
    expect(named(elements, 'th').every((element) => attribute(element, 'scope') === 'col')).toBe(true)
  })

  test.each([
    ['fa', 'rtl'],
    ['ar', 'rtl'],
    ['en', 'ltr'],
  ] as const)('in %s runs %s', (language, direction) => {
    const [root] = elementsOf(renderHtml(composeEdition(goldenMaterial(language))))
    expect([root && attribute(root, 'lang'), root && attribute(root, 'dir')]).toEqual([language, direction])
  })

  test('B29 keeps its structure whatever titles, names and sentences hold', () => {
    const evil = '</a></h3></td></tr></table><style>*{display:none}</style><form><base href=//x>"\'`<!--'
    const shape = (text: string) =>
      elementsOf(
        renderHtml(
          composeEdition(
            material([
              article(1, {
                title: text,
                language: 'en',
                summary: `${text} dam.`,
                topics: { water: 'dam' },
                outlet: outlet('x', { name: text }),
              }),
            ]),
          ),
        ),
      ).map(({ tagName }) => tagName)
    expect(shape(evil)).toEqual(shape('plain'))
  })
})

describe('D15 contrast', () => {
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const contrast = (a: string, b: string) => {
    const [high = 0, low = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
    return (high + 0.05) / (low + 0.05)
  }
  const html = renderHtml(composeEdition(goldenMaterial('en')))
  const found = (pattern: RegExp) => pattern.exec(html)?.[1] ?? ''
  const light = found(/class="p"[^>]*background:(#\w{6})/)
  const dark = found(/\.p\{background:(#\w{6})/)

  test.each([
    ['text', found(/class="p"[^>]*;color:(#\w{6})/), light],
    ['muted text', found(/class="m"[^>]*color:(#\w{6})/), light],
    ['links', found(/<a [^>]*color:(#\w{6})/), light],
    ['text on dark', found(/\.p\{background:#\w{6}!important;color:(#\w{6})/), dark],
    ['muted text on dark', found(/\.p th\{color:(#\w{6})/), dark],
    ['links on dark', found(/\.p a\{color:(#\w{6})/), dark],
  ])('of %s is at least 4.5 to 1', (_, foreground, background) => {
    expect(contrast(foreground, background)).toBeGreaterThanOrEqual(4.5)
  })
})

describe('a long edition', () => {
  let [edition, short, full] = [longEdition(0), '', '']
  beforeAll(() => {
    edition = longEdition()
    full = renderHtml(edition)
    short = renderMail(edition, full)
  })

  test('D09 fits into 90,000 bytes, and is well-formed', () => {
    const errors: string[] = []
    elementsOf(short, errors)
    expect(errors).toEqual([])
    expect(Buffer.byteLength(short)).toBeLessThanOrEqual(90_000)
    expect(Buffer.byteLength(short)).toBeGreaterThan(70_000)
  })

  test('counts what it leaves out and says where it is', () => {
    const stories = (html: string) => html.match(/<h3 dir="auto"/g)?.length ?? 0
    expect(stories(full)).toBe(203)
    expect(short).toContain(`and ${203 - stories(short)} more stories`)
    expect(short).toContain('the complete edition is in the attached file')
    expect([isShortened(short), isShortened(full)]).toEqual([true, false])
  })

  test('D10 costs at most 520 bytes of markup a story, beside its words and its links', () => {
    const markupOf = (count: number) => {
      const { appendix, ...rest } = longEdition(count)
      const page = renderHtml({ ...rest, appendix: { ...appendix, links: [] } })
      const elements = elementsOf(page)
      const links = named(elements, 'a').map((element) => attribute(element, 'href')?.length ?? 0)
      const words = elements.filter(({ tagName }) => tagName === 'body').map((body) => textOf(body).length)
      return page.length - [...links, ...words].reduce((sum, length) => sum + length, 0)
    }
    expect((markupOf(30) - markupOf(20)) / 10).toBeLessThanOrEqual(520)
  })

  test.each([0, 3_000, 10_000])(
    'is cut to the least when it may have %d bytes, and stays whole markup',
    (bytesMax) => {
      const errors: string[] = []
      elementsOf(renderMail(edition, full, {}, bytesMax), errors)
      expect(errors).toEqual([])
    },
  )
})
