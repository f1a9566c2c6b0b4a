// The configuration people start from, checked for what no schema sees: that names refer to something.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const SourcesSchema = z.object({
  sources: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['wire', 'state', 'independent', 'exile', 'think-tank', 'official', 'party']),
      country: z.string(),
      language: z.string(),
      grade: z.enum(['A', 'B', 'C', 'D', 'E']).default('C'),
      family: z.string().optional(),
      checked: z.iso.date().optional(),
      url: z.url().optional(),
    }),
  ),
})
const TopicsSchema = z.object({
  watchlists: z.array(z.object({ id: z.string(), topics: z.union([z.literal('all'), z.array(z.string())]) })),
  topics: z.array(z.looseObject({ id: z.string(), name: z.string() })),
})
const DigestsSchema = z.object({ digests: z.array(z.object({ id: z.string(), watchlist: z.string() })) })

describe.each([
  ['config/', './schema/'],
  ['config/demo/', '../schema/'],
])('%s', (folder, schemas) => {
  test.each(['presslark', 'sources', 'topics', 'digests'])('%s.yaml tells editors its schema', (name) => {
    const first = read(`${folder}${name}.yaml`).split('\n', 1)[0]
    expect(first).toBe(`# yaml-language-server: $schema=${schemas}${name}.schema.json`)
  })

  test('gives every source and topic one id, used once', () => {
    for (const ids of [sourcesOf(folder), topicsOf(folder).topics].map((list) => list.map(({ id }) => id))) {
      expect(ids.length).toBeGreaterThan(0)
      expect(new Set(ids).size).toBe(ids.length)
      for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    }
  })

  test('orders digests of watchlists that exist', () => {
    const watchlists = topicsOf(folder).watchlists.map((watchlist) => watchlist.id)
    const { digests } = DigestsSchema.parse(parse(read(`${folder}digests.yaml`)))
    expect(digests).not.toHaveLength(0)
    for (const digest of digests) expect(watchlists).toContain(digest.watchlist)
  })

  test('grades as its comment says', () => {
    for (const { id, kind, grade } of sourcesOf(folder)) {
      if (kind === 'state' || kind === 'party') expect(grade, id).toBe('D')
      else if (kind === 'wire' || kind === 'think-tank' || kind === 'official') expect(grade, id).toBe('B')
      else expect(['B', 'C'], id).toContain(grade)
    }
  })
})

test('no feed is listed twice', () => {
  const urls = sourcesOf('config/').map((source) => source.url)
  expect(urls).not.toContain(undefined)
  expect(new Set(urls).size).toBe(urls.length)
})

test('every family named in sources.yaml has more than one outlet', () => {
  const families = sourcesOf('config/').flatMap((source) => source.family ?? [])
  for (const family of families)
    expect(families.filter((other) => other === family).length).toBeGreaterThan(1)
})

test('the demo follows topics of the starter watchlist word for word', () => {
  const starter = new Map(topicsOf('config/').topics.map((topic) => [topic.id, topic]))
  for (const topic of topicsOf('config/demo/').topics) expect(topic).toEqual(starter.get(topic.id))
})

test('no configuration file holds a password', () => {
  const root = new URL('../../config/', import.meta.url)
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  )
  expect(files.length).toBeGreaterThanOrEqual(9)
  for (const file of files)
    expect(read(`config/${file}`), file).not.toMatch(/^\s*(pass(word)?|secret|token):/im)
})

function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
}

function sourcesOf(folder: string): z.infer<typeof SourcesSchema>['sources'] {
  return SourcesSchema.parse(parse(read(`${folder}sources.yaml`))).sources
}

function topicsOf(folder: string): z.infer<typeof TopicsSchema> {
  return TopicsSchema.parse(parse(read(`${folder}topics.yaml`)))
}
