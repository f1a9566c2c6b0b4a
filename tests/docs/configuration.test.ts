// docs/configuration.md names every key of the four files, and its examples are configurations that work.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadConfig } from '../../src/app/config.ts'
import { ConfigError } from '../../src/app/config-error.ts'
import { type ConfigFileName, configSchemas, editorSchema } from '../../src/app/config-schema.ts'
import { codeBlocks } from './markdown.ts'
import { filesUnder, read, root } from './tree.ts'

const page = 'docs/configuration.md'
const text = read(page)
const names = Object.keys(configSchemas) as readonly ConfigFileName[] // exactly the keys of that object

/** Every key of a JSON Schema with the path of the object it belongs to, such as `sources[].feeds[] url`. */
function keysIn(node: unknown, path: string): readonly string[] {
  if (node === null || typeof node !== 'object') return []
  const fields = new Map(Object.entries(node))
  const alternatives: unknown = fields.get('anyOf') ?? []
  const own = Object.entries((fields.get('properties') ?? {}) as object).flatMap(([key, child]) => [
    `${path} ${key}`.trim(),
    ...keysIn(child, path === '' ? key : `${path}.${key}`),
  ])
  return [
    ...own,
    ...keysIn(fields.get('items'), `${path}[]`),
    ...(Array.isArray(alternatives) ? alternatives.flatMap((alternative) => keysIn(alternative, path)) : []),
  ]
}

/** The keys that the page's tables list, spelled the same way. */
function keysOnPage(name: ConfigFileName): readonly string[] {
  const heading = /^### `(\w+)\.yaml`(?: → (`[^\n]+`))?\n([\s\S]*?)(?=^#|(?![\s\S]))/gm
  return [...text.matchAll(heading)]
    .filter(([, file]) => file === name)
    .flatMap(([, , paths = '', section = '']) =>
      paths.split(', ').flatMap((path) => keysOfTable(section, path.replaceAll('`', ''))),
    )
}

function keysOfTable(section: string, path: string): readonly string[] {
  const rows = section.matchAll(/^\| `([^`]+)` \| .+ \| .+ \| \S.* \|$/gm)
  return [...rows].map(([, key = '']) => `${path} ${key}`.trim())
}

describe.each(names)('%s.yaml', (name) => {
  test('the page lists every key, and none that does not exist', () => {
    const keys = [...new Set(keysIn(editorSchema(name), ''))]
    expect(keys.length).toBeGreaterThan(0)
    expect(keysOnPage(name).toSorted()).toEqual(keys.toSorted())
  })

  test('the examples fit the schema', () => {
    const examples = codeBlocks(page, 'yaml').filter(
      ({ label }) => label === `${name}.yaml` || label === `${name}.yaml defaults`,
    )
    expect(examples.length).toBeGreaterThan(0)
    for (const { text: example, line } of examples) {
      const { success, error } = configSchemas[name].safeParse(parse(example))
      expect(success, `${page}:${line} ${error?.message}`).toBe(true)
    }
  })
})

test('every example says which file it belongs to', () => {
  const labels = names.flatMap((name) => [
    `${name}.yaml`,
    `${name}.yaml defaults`,
    `${name}.yaml with mistakes`,
  ])
  for (const { label, line } of codeBlocks(page, 'yaml')) expect(labels, `${page}:${line}`).toContain(label)
})

test('the defaults shown are the defaults assumed', () => {
  const [shown] = codeBlocks(page, 'yaml').filter(({ label }) => label === 'presslark.yaml defaults')
  const spelledOut: unknown = parse(shown?.text ?? '')
  expect(configSchemas.presslark.parse(spelledOut)).toEqual(configSchemas.presslark.parse({}))
  expect(spelledOut).toHaveProperty(['http', 'interval']) // an empty example would be equal as well
})

test('the page lists every environment variable that the program reads', () => {
  const reads = filesUnder(['src/app'], '.ts').flatMap((path) =>
    [...read(path).matchAll(/process\.env\['(\w+)'\]/g)].map(([, name = '']) => name),
  )
  expect(reads).toContain('PRESSLARK_CONFIG')
  for (const name of reads) expect(text).toContain(`| \`${name}\` |`)
})

/** What the program says when `digests.yaml` of the starter configuration holds `digests` instead. */
async function complaint(digests: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'presslark-docs-'))
  const config = join(folder, 'config')
  try {
    cpSync(join(root, 'config'), config, { recursive: true })
    writeFileSync(join(config, 'digests.yaml'), digests)
    await loadConfig(config)
    return 'no mistake was found'
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.message
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('the mistakes shown are reported in the words shown', async () => {
  const shown = codeBlocks(page, 'text').filter(({ label }) => label === 'mistakes')
  const examples = codeBlocks(page, 'yaml').filter(({ label }) => label === 'digests.yaml with mistakes')
  expect(examples.length).toBeGreaterThan(1)
  expect(await Promise.all(examples.map(({ text: digests }) => complaint(digests)))).toEqual(
    shown.map(({ text: lines }) => lines.trimEnd()),
  )
})
