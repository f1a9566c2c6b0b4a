import { readFileSync } from 'node:fs'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import type { EditionLanguage } from '../../src/model/digest.ts'
import { composeEdition } from '../../src/pipeline/compose.ts'
import { editionSubject } from '../../src/pipeline/edition-subject.ts'
import { renderHtml } from '../../src/pipeline/render-html.ts'
import { renderJson } from '../../src/pipeline/render-json.ts'
import { renderText } from '../../src/pipeline/render-text.ts'
import { article, material, outlet } from './edition-material.ts'
import { goldenMaterial } from './golden-material.ts'

describe.each<EditionLanguage>(['en', 'ar', 'fa'])('plain text in %s', (language) => {
  const text = renderText(composeEdition(goldenMaterial(language)))

  test('D02 is 78 columns wide at most, links apart', () => {
    const wide = text.split('\n').filter((line) => stringWidth(line) > 78 && !/^\s*<?https?:\S+$/.test(line))
    expect(wide).toEqual([])
  })

  test('closes on each line the isolates that it opens there', () => {
    for (const line of text.split('\n')) expect(line.split('\u2068').length).toBe(line.split('\u2069').length)
  })

  test('D02 has the links of the HTML in the same order', () => {
    const html = renderHtml(composeEdition(goldenMaterial(language)))
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, url = '']) => url.replaceAll('&amp;', '&'))
    expect([...text.matchAll(/https:\/\/[^\s>]+/g)].map(([url]) => url)).toEqual(links)
  })

  test('holds no markup of its own', () => {
    expect(text.replaceAll('<b>reopen</b>', '')).not.toMatch(/<\/?(?!https:)[a-z]/i)
  })
})

describe('JSON', () => {
  const edition = composeEdition(goldenMaterial('fa'))

  test('is the edition, with a version and instants in UTC', () => {
    const parsed: unknown = JSON.parse(renderJson(edition))
    expect(parsed).toMatchObject({
      version: 1,
      digestId: 'morning',
      window: { from: '2026-11-21T03:00:00.000Z', until: '2026-11-22T03:00:00.000Z' },
      topStories: [{ lead: { publishedAt: '2026-11-22T00:00:00.000Z' } }, {}],
    })
  })

  test('has no field that docs/edition-json.md does not describe', () => {
    const described = readFileSync(new URL('../../docs/edition-json.md', import.meta.url), 'utf8')
    const fields = new Set<string>()
    JSON.parse(renderJson({ ...edition, shortened: true }), (key, value: unknown) => {
      if (key !== '' && !/^\d+$/.test(key)) fields.add(key)
      return value
    })
    expect(fields.size).toBeGreaterThan(50)
    expect([...fields].filter((field) => !described.includes(`\`${field}\``))).toEqual([])
  })

  test('lets no link of another scheme through, even of an edition that was not composed here', () => {
    const [top] = edition.topStories
    if (!top) throw new Error('the golden edition has a top story')
    const forged = { ...edition, topStories: [{ ...top, lead: { ...top.lead, url: 'javascript:alert(1)' } }] }
    expect(renderJson(forged)).not.toContain('javascript:')
  })
})

describe('the subject', () => {
  const subjectOf = (title: string, name = 'Morning desk', language: EditionLanguage = 'en') => {
    const { digest } = material([])
    const sightings = [{ outlet: outlet('Beta'), seenAt: material([]).window.until, because: 'same-text' }]
    return editionSubject(
      composeEdition(material([article(1, { title, sightings })], { digest: { ...digest, name, language } })),
    )
  }

  test('D17 names the digest, the day and the top headline', () => {
    expect(subjectOf('Dam falls')).toBe('Morning desk – 22 November: Dam falls')
    expect(subjectOf('Dam falls', 'میز صبح', 'fa')).toBe('میز صبح – ۲۲ نوامبر: \u2068Dam falls\u2069')
  })

  test('says so when there is none', () => {
    expect(editionSubject(composeEdition(material([])))).toBe(
      'Morning desk – 22 November: No significant coverage.',
    )
  })

  test.each(['x'.repeat(500), 'long words '.repeat(50), '🌊'.repeat(200), 'پایین‌ترین سطح '.repeat(30)])(
    'is cut to 78 characters, never inside one',
    (title) => {
      const subject = subjectOf(title)
      expect([...subject].length).toBeLessThanOrEqual(78)
      expect(subject).toContain('…')
      expect(subject.isWellFormed()).toBe(true)
    },
  )

  test('is one line even of an edition that was not composed here', () => {
    const edition = composeEdition(goldenMaterial('en'))
    const forged = edition.topStories.map((story) => ({
      ...story,
      lead: { ...story.lead, title: 'a\r\nBcc: b' },
    }))
    expect(editionSubject({ ...edition, topStories: forged })).toBe('Morning desk – 22 November: a Bcc: b')
  })

  test('D17 B35 is one line whatever the headline holds', () => {
    expect(subjectOf('a\r\nBcc: evil@example.com\u202e')).toBe(
      'Morning desk – 22 November: a Bcc: evil@example.com',
    )
  })
})
