import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EditionMaterial, Section } from '../../src/model/digest.ts'
import { composeEdition } from '../../src/pipeline/compose.ts'
import { outline } from '../../src/pipeline/outline.ts'
import { PAGE_HEIGHT, pageHeight } from '../../src/pipeline/page-height.ts'
import { renderText } from '../../src/pipeline/render-text.ts'
import { shortNote } from '../../src/text/short-note.ts'
import { article, material, outlet } from './edition-material.ts'

type Day = {
  readonly topics: number
  readonly stories: number
  readonly title: string
  readonly intro?: string
  readonly footer?: string
}

/** A day on which the first stories have three independent outlets; `npm run judge` prints days like these on paper. */
function day(
  { topics, stories, title, intro, footer }: Day,
  language: 'en' | 'ar' | 'fa' = 'en',
): EditionMaterial {
  const headings = Array.from({ length: topics }, (_, index) => ({
    topicId: `t${index}`,
    name: `Topic ${index}`,
    weight: 1,
  }))
  const articles = Array.from({ length: stories }, (_, index) =>
    article(index + 1, {
      storyId: index < 9 ? 1000 + Math.floor(index / 3) : index,
      title: `${index} ${title}`,
      topics: { [`t${index % topics}`]: '' },
      outlet: outlet(`Daily ${index}`, { kind: 'state' }),
    }),
  )
  const made = material(articles, { topics: headings }, language)
  const notes = { ...(intro !== undefined && { intro }), ...(footer !== undefined && { footer }) }
  return { ...made, digest: { ...made.digest, ...notes, detail: 'executive', storiesPerSection: 50 } }
}
const composed = (one: Day) => composeEdition(day(one))
const usual: Day = { topics: 2, stories: 60, title: 'Reservoir at lowest level in a decade' }
const long = 'The desk reads everything that was published overnight. '.repeat(80)

const countOf = ({ stories, elsewhere = [], more }: Section) => stories.length + elsewhere.length + more

describe('an edition of one page', () => {
  test('stays within the page whatever its headlines, its topics and the words of the desk', () => {
    const words = fc.string({
      unit: fc.constantFrom(...'a b W م 水 \n - *'.split(' '), ' '),
      maxLength: 3000,
    })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 80 }),
        words,
        words,
        words,
        fc.constantFrom('en', 'ar', 'fa'),
        (topics, stories, title, intro, footer, language) => {
          const made = day({ topics, stories, title, intro, footer }, language)
          const edition = composeEdition(made)
          const whole = composeEdition({ ...made, digest: { ...made.digest, detail: 'full' } })
          expect(pageHeight(outline(edition))).toBeLessThanOrEqual(PAGE_HEIGHT)
          expect(edition.sections.map(countOf)).toEqual(whole.sections.map(countOf))
        },
      ),
      { numRuns: 40 },
    )
  })

  test('tells fewer stories for a long intro, and the intro no longer than half a page', () => {
    const lines = (one: Day) => composed(one).sections.reduce((sum, { stories }) => sum + stories.length, 0)
    expect(lines(usual)).toBeGreaterThan(lines({ ...usual, intro: long, footer: long }))
    expect(composed({ ...usual, intro: long }).intro).toMatch(/^The desk reads[\s\S]{400,480} …$/)
  })

  test('keeps the intro that fits as it is written', () => {
    const intro = 'For **the desk**.\n\n- one\n- two'
    expect(composed({ ...usual, intro }).intro).toBe(intro)
  })

  test('cuts headlines at a blank, and their marks with them', () => {
    const title = `Canal ${'water '.repeat(60)}canal`
    const made = day({ ...usual, stories: 0 })
    const edition = composeEdition({ ...made, articles: [article(1, { title, topics: { t0: 'Canal' } })] })
    const lead = edition.sections[0]?.stories[0]?.lead
    expect(lead?.title).toMatch(/^Canal [water ]{120,134}…$/)
    expect(lead?.titleMarks).toEqual([{ start: 0, end: 5 }])
  })

  test('counts the topics it has no line for, by name', () => {
    const text = renderText(composed({ ...usual, topics: 30 }))
    expect(text).toMatch(/and \d+ more stories: Topic \d+ \d+, .*and \d+ more\n/s)
    expect(text.match(/^Topic \d+$/gm)?.length).toBeLessThan(10)
  })

  test('leaves room for a logo', () => {
    const made = day(usual)
    const look = { logo: { dataUri: 'data:image/png;base64,AA==', description: 'Desk' } }
    const plain = composeEdition(made)
    const withLogo = composeEdition({ ...made, digest: { ...made.digest, look } })
    const lines = (edition: typeof plain) => edition.sections.flatMap(({ stories }) => stories).length
    expect(lines(withLogo)).toBeLessThan(lines(plain))
  })
})

describe('a note', () => {
  const room = { lengthMax: 20, linesMax: 2 }
  test.each([
    ['short enough', 'short enough'],
    ['a\n\nb', 'a\n\nb'],
    ['a\nb\nc', 'a\nb …'],
    ['one two three four five six', 'one two three four …'],
    ['x'.repeat(30), `${'x'.repeat(20)} …`],
  ])('%j becomes %j', (written, shown) => {
    expect(shortNote(written, room)).toBe(shown)
  })
})
