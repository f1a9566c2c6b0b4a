// The four renderings of one edition in each language, as files to be read by eye when they change.
import { describe, expect, test } from 'vitest'
import type { EditionLanguage } from '../../src/model/digest.ts'
import { composeEdition } from '../../src/pipeline/compose.ts'
import { renderHtml } from '../../src/pipeline/render-html.ts'
import { renderJson } from '../../src/pipeline/render-json.ts'
import { renderMarkdown } from '../../src/pipeline/render-markdown.ts'
import { renderText } from '../../src/pipeline/render-text.ts'
import { material } from './edition-material.ts'
import { goldenMaterial } from './golden-material.ts'

const renderers = { md: renderMarkdown, html: renderHtml, txt: renderText, json: renderJson } as const
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

test.each(kinds)('%s is the same to the byte when it is rendered again', (kind) => {
  const once = renderers[kind](composeEdition(goldenMaterial('fa')))
  expect(renderers[kind](composeEdition(goldenMaterial('fa')))).toBe(once)
  expect(renderers[kind](JSON.parse(JSON.stringify(composeEdition(goldenMaterial('fa')))))).toBe(once)
})
