// What the four files accept, and what they refuse before anything is fetched.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type ConfigFileName, configSchemas, editorSchema } from '../../src/app/config-schema.ts'
import { keysIn } from '../../src/app/schema-keys.ts'

const names = Object.keys(configSchemas) as readonly ConfigFileName[] // exactly the keys of the object above

function messageFor(url: string): string | undefined {
  const { error } = configSchemas.sources.safeParse({ sources: [{ id: 'a', name: 'A', url }] })
  return error?.issues.map((issue) => issue.message).join('; ')
}

describe('a feed address', () => {
  test.each([
    'https://a.example/feed.xml',
    'http://a.example:8080/?a=b#c',
    'http://[::1]:3000/',
    'https://a.example:443/',
    'https://مثال.example/خبر',
  ])('%s is taken', (url) => {
    expect(messageFor(url)).toBeUndefined()
  })

  test.each([
    ['file:///etc/passwd', 'file: addresses cannot be fetched; only http and https'],
    ['ftp://a.example/feed', 'ftp: addresses cannot be fetched; only http and https'],
    ['javascript:alert(1)', 'javascript: addresses cannot be fetched; only http and https'],
    ['data:text/xml,<rss/>', 'data: addresses cannot be fetched; only http and https'],
    ['gopher://a.example/', 'gopher: addresses cannot be fetched; only http and https'],
    ['http://a.example:22/', 'port 22 is not a web port; use 80, 443 or one above 1023'],
    ['http://a.example:25/', 'port 25 is not a web port; use 80, 443 or one above 1023'],
    ['a.example/feed', 'expected a full address such as https://example.org/feed.xml'],
    ['', 'expected a full address such as https://example.org/feed.xml'],
  ])('%s is refused', (url, message) => {
    expect(messageFor(url)).toBe(message)
  })

  test('with credentials is refused without repeating them', () => {
    const message = messageFor('https://user:hunter2@a.example/feed')
    expect(message).toContain('must not hold credentials')
    expect(message).not.toContain('hunter2')
  })
})

describe('a duration', () => {
  const timeout = (text: string) =>
    configSchemas.presslark.safeParse({ http: { timeout: text } }).data?.http.timeout
  test.each([
    ['250ms', 250],
    ['30s', 30_000],
    ['15m', 900_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
  ])('%s is %i ms', (text, ms) => {
    expect(timeout(text)).toBe(ms)
  })
  test.each(['0s', '30', '1.5h', '-1m', '1 h', '1w', '', '9999999999d', '٣٠s'])('%s is none', (text) => {
    expect(timeout(text)).toBeUndefined()
  })
})

describe('a time zone', () => {
  const accepts = (timeZone: string) =>
    configSchemas.sources.safeParse({
      sources: [{ id: 'a', name: 'A', feeds: [{ url: 'https://a.example', timeZone }] }],
    }).success
  test.each(['Asia/Baghdad', 'Asia/Tehran', 'UTC', 'Europe/Berlin'])('%s is one', (zone) => {
    expect(accepts(zone)).toBe(true)
  })
  test.each(['Baghdad', 'Asia/Bagdad', 'GMT+3 ', ''])('%j is none', (zone) => {
    expect(accepts(zone)).toBe(false)
  })
})

describe('an id', () => {
  const accepts = (id: string) => configSchemas.sources.safeParse({ sources: [{ id, name: 'A' }] }).success
  test.each(['a', 'shafaq-en', '3ayn'])('%s is one', (id) => {
    expect(accepts(id)).toBe(true)
  })
  test.each(['', '-a', 'A', 'a_b', 'a b', 'شفق', '../a'])('%j is none', (id) => {
    expect(accepts(id)).toBe(false)
  })
})

test.each(names)('the editors read the schema of %s.yaml that the program checks with', (name) => {
  const written = readFileSync(new URL(`../../config/schema/${name}.schema.json`, import.meta.url), 'utf8')
  expect(written, 'run: npm run schemas').toBe(`${JSON.stringify(editorSchema(name), null, 2)}\n`)
})

test.each(names)('the known keys of %s.yaml are those of its schema', (name) => {
  const inSchema = new Set<string>()
  JSON.stringify(editorSchema(name), (key, value) => {
    if (key === 'properties') for (const property of Object.keys(value)) inSchema.add(property)
    return value
  })
  expect(new Set(keysIn(configSchemas[name]))).toEqual(inSchema)
})
