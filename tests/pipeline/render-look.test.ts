import { describe, expect, test } from 'vitest'
import { briefOf } from '../../src/pipeline/brief.ts'
import { composeEdition } from '../../src/pipeline/compose.ts'
import { noteBlocks } from '../../src/pipeline/outline-note.ts'
import { renderHtml } from '../../src/pipeline/render-html.ts'
import { styleContrasts, styleOf } from '../../src/pipeline/render-html-style.ts'
import { renderMail } from '../../src/pipeline/render-mail.ts'
import { renderMarkdown } from '../../src/pipeline/render-markdown.ts'
import { renderText } from '../../src/pipeline/render-text.ts'
import { contrast, mutedColour } from '../../src/text/contrast.ts'
import { article, material } from './edition-material.ts'
import { goldenMaterial } from './golden-material.ts'

describe('contrast', () => {
  test('is 21 for black on white, 1 for a colour on itself, and the same in either order', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrast('#7c3aed', '#7c3aed')).toBe(1)
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
    expect(contrast('#ffffff', '#777777')).toBeCloseTo(4.48, 2)
  })

  test.each([
    ['#1f1e1b', '#faf9f6'],
    ['#ffffff', '#5a1030'],
    ['#767676', '#ffffff'],
  ])('of small print in %s on %s is at least 4.5', (text, background) => {
    expect(contrast(mutedColour(text, background), background)).toBeGreaterThanOrEqual(4.5)
    expect(styleOf({ text, background }).muted).toContain(mutedColour(text, background))
  })

  test('D15 of our own colours is at least 4.5', () => {
    for (const { ratio } of styleContrasts({})) expect(ratio).toBeGreaterThanOrEqual(4.5)
  })
})

describe('a note of the desk', () => {
  const note =
    'For **the desk**. See [the guide](https://desk.example/guide) or <mailto:desk@desk.example>.\n\n- one\n- two'

  test('has paragraphs, lists, strong words and links in every format', () => {
    const edition = { ...composeEdition(material([])), intro: note }
    expect(renderMarkdown(edition)).toContain(
      'For **the desk**. See [the guide](https://desk.example/guide) or [desk',
    )
    expect(renderText(edition)).toContain('For the desk. See the guide <https://desk.example/guide>')
    expect(renderHtml(edition)).toMatch(/For <b>the desk<\/b>\. See <a href="https:\/\/desk\.example\/guide"/)
    expect(renderText(edition)).toContain('- one\n- two')
  })

  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](data:text/html,1)',
    '![x](https://tracker.example/1.png)',
    '# heading\n***\n> quote',
  ])('B30 %s is text, and no more than that', (markdown) => {
    const edition = { ...composeEdition(material([])), footer: markdown }
    const plain = renderHtml(composeEdition(material([])))
    const html = renderHtml(edition)
    const tags = (text: string) => text.match(/<(?!p |\/p>|bdi|\/bdi|a |\/a>)[a-z/][^>]*>/g)
    expect(tags(html)).toEqual(tags(plain))
    expect(html).not.toMatch(/(?:href|src)="(?!https?:|mailto:|#)/)
  })

  test('is nothing when it is empty', () => {
    expect(noteBlocks(' \n\n ')).toEqual([])
    expect(noteBlocks(undefined)).toEqual([])
  })
})

describe('an edition of one page', () => {
  const articles = Array.from({ length: 60 }, (_, index) =>
    article(index + 1, {
      title: `Reservoir ${index} at lowest level in a decade`,
      summary: 'The ministry said water releases would be cut. Nobody was asked.',
      topics: index % 3 === 0 ? { trade: '' } : { water: 'water releases' },
    }),
  )
  const made = material(articles)
  const whole = composeEdition({ ...made, digest: { ...made.digest, storiesPerSection: 50 } })
  const brief = composeEdition({
    ...made,
    digest: { ...made.digest, storiesPerSection: 50, detail: 'executive' },
  })
  const text = renderText(brief)

  test('tells a story in a line, each section in its turn, and counts the others', () => {
    expect(brief.sections.map(({ stories }) => stories.length)).toEqual([7, 7])
    for (const [index, section] of brief.sections.entries()) {
      const full = whole.sections[index]
      const all = (full?.stories.length ?? 0) + (full?.elsewhere?.length ?? 0) + (full?.more ?? 0)
      expect(section.stories.length + section.more).toBe(all)
    }
    expect(text).toContain('Reservoir 59 at lowest level in a decade')
    expect(text).not.toContain('The ministry said')
    expect(text).toMatch(/and 33 more stories/)
  })

  test('has the first four parts and no appendix', () => {
    expect(text).not.toMatch(/Appendix|Links by outlet|Developing/)
    expect(text).toMatch(/At a glance/)
    expect(text.split('\n').length).toBeLessThan(75)
  })

  test('remembers as told only what it told', () => {
    expect(brief.developing).toEqual([])
    expect(renderText(composeEdition({ ...goldenMaterial('en'), digest: brief1() }))).toMatch(
      /Developing: 1\n/,
    )
  })

  function brief1() {
    return { ...goldenMaterial('en').digest, detail: 'executive' as const }
  }

  test('is as short for chats', () => {
    expect(briefOf(brief).items.length).toBe(10)
  })
})

describe('what a section has no room for', () => {
  const articles = Array.from({ length: 8 }, (_, index) => article(index + 1))
  const edition = composeEdition(material(articles))

  test('is linked to where the same page lists it', () => {
    const html = renderHtml(edition)
    expect(html).toMatch(/<a href="#links"[^>]*>and 3 more stories<\/a>/)
    expect(html).toMatch(/<h3 id="links"/)
  })

  test('is not linked in a mail that has no such list', () => {
    const html = renderMail(edition, renderHtml(edition), {}, 8_000)
    expect(html).toContain('more stories')
    expect(html).not.toContain('#links')
  })
})
