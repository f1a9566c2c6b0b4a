// docs/templates.md shows a template that works, as it stands there.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'parse5'
import { expect, onTestFinished, test } from 'vitest'
import { loadTemplate } from '../../src/app/templates.ts'
import { composeEdition } from '../../src/pipeline/compose.ts'
import { templateKit } from '../../src/pipeline/edition-template.ts'
import { goldenMaterial } from '../pipeline/golden-material.ts'
import { codeBlocks } from './markdown.ts'
import { read } from './tree.ts'

const page = 'docs/templates.md'

test('the example renders an edition: well-formed, with every headline escaped', () => {
  const [example] = codeBlocks(page, 'ts')
  const folder = mkdtempSync(join(tmpdir(), 'presslark-template-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'plain.ts')
  writeFileSync(path, example?.text ?? '')
  const html = loadTemplate(path)(composeEdition(goldenMaterial('en')), templateKit)
  const errors: string[] = []
  parse(html, { onParseError: ({ code }) => errors.push(code) })
  expect(errors).toEqual([])
  expect(html).toContain('[Live] *Ports* &lt;b&gt;reopen&lt;/b&gt; &amp; trade resumes')
})

test('the page names everything that the kit holds', () => {
  for (const name of Object.keys(templateKit)) expect(read(page)).toContain(`| \`${name}\` |`)
})
