// The four renderings of one edition in each language, as files to be read by eye when they change.
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Edition, EditionLanguage } from '../../src/model/digest.ts'
import { composeEdition } from '../../src/pipeline/compose.ts'
import { renderHtml } from '../../src/pipeline/render-html.ts'
import { renderJson } from '../../src/pipeline/render-json.ts'
import { renderMail } from '../../src/pipeline/render-mail.ts'
import { renderMarkdown } from '../../src/pipeline/render-markdown.ts'
import { renderText } from '../../src/pipeline/render-text.ts'
import { article, material, outlet } from './edition-material.ts'
import { goldenMaterial } from './golden-material.ts'

const html = (edition: Edition): string => renderMail(edition, renderHtml(edition))
const renderers = {
  md: (edition: Edition) => renderMarkdown(edition),
  html,
  txt: (edition: Edition) => renderText(edition),
  json: renderJson,
} as const
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const kinds = ['md', 'html', 'txt', 'json'] as const

describe.each<EditionLanguage>(['en', 'ar', 'fa'])('the golden edition in %s', (language) => {
  test.each(kinds)('as %s', async (kind) => {
    const edition = composeEdition(goldenMaterial(language))
    await expect(renderers[kind](edition)).toMatchFileSnapshot(`../fixtures/editions/${language}.${kind}`)
  })
})

test.each(kinds)('the empty edition as %s says that nothing happened', async (kind) => {
  const edition = composeEdition(material([]))
  await expect(renderers[kind](edition)).toMatchFileSnapshot(`../fixtures/editions/empty.${kind}`)
})

const one = () => material([article(1, { summary: 'Canal talks go on.', topics: { water: 'Canal' } })])
/** A story that forty outlets have, in three languages and of five owners. */
const forty = () =>
  material(
    Array.from({ length: 40 }, (_, index) =>
      article(index + 1, {
        storyId: 1,
        title:
          index % 3 === 0 ? `سد الموصل: منسوب ${index} (Mosul dam)` : `Mosul dam (سد الموصل) level ${index}`,
        language: index % 3 === 0 ? 'ar' : 'en',
        outlet: outlet(`Outlet ${String(index + 1).padStart(2, '0')}`, { family: `owner-${index % 5}` }),
      }),
    ),
  )
/** Lines in which both directions meet: brackets, numbers, quotes and Latin names inside Arabic and the other way round. */
const mixed = () =>
  material([
    article(1, {
      title: 'وزير النفط: إنتاج OPEC+ يرتفع إلى 4.2 مليون برميل (بيان)',
      summary: 'قال الوزير إن "OPEC+" رفعت الإنتاج بنسبة 3.5% في 2026.',
      topics: { trade: 'OPEC' },
      language: 'ar',
      outlet: outlet('رووداو Rudaw', { sourceId: 'rudaw', family: 'rudaw' }),
    }),
    article(2, {
      title: 'Minister: “نحن مستعدون” – talks on الحدود resume at 08:00',
      summary: 'The slogan نحن مستعدون (“we are ready”) was repeated.',
      topics: { trade: 'نحن مستعدون' },
    }),
  ])

describe.each([
  ['one', one],
  ['forty-outlets', forty],
  ['mixed', mixed],
] as const)('the golden edition of %s', (name, makeMaterial) => {
  test.each(['md', 'html', 'txt'] as const)('as %s', async (kind) => {
    const text = renderers[kind](composeEdition(makeMaterial()))
    await expect(text).toMatchFileSnapshot(`../fixtures/editions/${name}.${kind}`)
  })
})

test('the golden edition of 300 stories, cut for mail', async () => {
  const articles = Array.from({ length: 300 }, (_, index) =>
    article(index + 1, {
      title: `Reservoir ${index} at lowest level in a decade, ministry says`,
      topics: index % 2 === 0 ? { water: '' } : { trade: '' },
    }),
  )
  const made = material(articles)
  const edition = composeEdition({ ...made, digest: { ...made.digest, storiesPerSection: 200 } })
  const { md, txt, json } = renderers
  await expect(md(edition)).toMatchFileSnapshot('../fixtures/editions/300.md')
  const sums = { html: html(edition), txt: txt(edition), json: json(edition) }
  const hashes = Object.entries(sums).map(([kind, text]) => `${kind} ${sha256(text)}\n`)
  await expect(hashes.join('')).toMatchFileSnapshot('../fixtures/editions/300.sha256')
})

test.each(kinds)('%s is the same to the byte when it is rendered again', (kind) => {
  const once = renderers[kind](composeEdition(goldenMaterial('fa')))
  expect(renderers[kind](composeEdition(goldenMaterial('fa')))).toBe(once)
  expect(renderers[kind](JSON.parse(JSON.stringify(composeEdition(goldenMaterial('fa')))))).toBe(once)
})
