// The configuration people start from, checked for what no schema sees: that names refer to something.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Topic } from '../../src/model/topic.ts'
import { compileWatchlist, tagArticle } from '../../src/pipeline/tag.ts'

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

describe('the starter topics', () => {
  const tagged = (body: string) => {
    const { watchlist, problems, warnings } = compileWatchlist(
      parse(read('config/topics.yaml')).topics as readonly Topic[], // as the schema of topics has it
    )
    expect([problems, warnings]).toEqual([[], []])
    return tagArticle(watchlist, { body }).map(({ topicId }) => topicId)
  }

  test('know their people and places in whatever spelling', () => {
    const report = `A year after Ghasem Suleimani of the Qods Force fell, Khameneï received a man of Hizbullah. In Baghdad
      the protesters of al-Tahrir Square jeered at Muqtada as-Sadr, at Adel Abdulmahdi and at President Barham Saleh.`
    const wanted = [
      'irgc',
      'soleimani',
      'khamenei',
      'sadr',
      'iraq-protests',
      'tahrir-square',
      'hezbollah',
      'abdul-mahdi',
      'barham-salih',
    ]
    expect(wanted.filter((topic) => !tagged(report).includes(topic))).toEqual([])
    expect(tagged('وقال مقتدي الصدر إن حزب‌الله وفيلق القدس لن يعودا')).toEqual(['irgc', 'sadr', 'hezbollah'])
  })

  test('find nothing in words that only look like them', () => {
    const report = `The Swiss Guard opened a salon in Tirana. Source codes of the sadrine were quoted by Solomon, a common salaried man,
      and Roman housing rose; مصدر في الصدرية قال إن المصادر نفدت.`
    expect(tagged(report)).toEqual([])
  })
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
