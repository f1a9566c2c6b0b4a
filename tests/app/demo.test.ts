import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { openStore, type Store } from '../../src/store/index.ts'
import { type Ended, presslark } from './command-line.ts'

describe('the demo', () => {
  const out = mkdtempSync(join(tmpdir(), 'presslark-demo-'))
  let run: Ended
  let store: Store

  beforeAll(async () => {
    run = await presslark(['demo', '--out', out], out)
    store = openStore(join(out, 'presslark.db'))
  }, 60_000)

  it('polls ten feeds twice, and the second time hears 304 from the five that did not change', () => {
    expect(run).toMatchObject({ code: 0 })
    expect(run.stderr).toMatch(/first poll: 10 feeds \(0 answered 304\)/)
    expect(run.stderr).toMatch(
      /second poll: 10 feeds \(5 answered 304\), 2 new articles, 0 copies folded, 3 revisions/,
    )
  })

  it('folds the fifteen copies of the wire story and loses none of the items', () => {
    const { articles, sightings, revisions } = store.stats(0)
    expect({ articles, sightings, revisions }).toEqual({ articles: 81, sightings: 96, revisions: 3 })
  })

  it('finds names in three scripts, however they were spelt', () => {
    const topics = new Map(store.stats(0).byTopic.map((row) => [row.topicId, row.articles]))
    expect(topics.get('sadr')).toBeGreaterThanOrEqual(12)
    expect(topics.get('soleimani')).toBeGreaterThanOrEqual(8)
  })

  it('folds no look-alike, tells every pair of one event as one story, and every pair of look-alikes as two', () => {
    const { promises } = parse(
      readFileSync(join(import.meta.dirname, '../../config/demo/recording.yaml'), 'utf8'),
    )
    const db = new Database(join(out, 'presslark.db'), { readonly: true })
    const of = (column: string) =>
      db
        .prepare(`select ${column} from article a join sighting g on g.article_id = a.id where g.url = ?`)
        .pluck()
    const together = (column: string, pairs: readonly (readonly [string, string])[]) =>
      pairs.filter(([a, b]) => of(column).get(a) === of(column).get(b)).length
    expect(together('a.id', promises.lookAlikes)).toBe(0)
    expect(together('a.story_id', promises.lookAlikes)).toBe(0)
    expect(together('a.story_id', promises.sameStory)).toBe(promises.sameStory.length)
    db.close()
  })

  it('writes the briefing as Markdown and HTML and prints the Markdown', () => {
    const files = readdirSync(join(out, 'editions')).toSorted()
    expect(files).toEqual(['morning-2020-01-24.html', 'morning-2020-01-24.md'])
    expect(run.stdout).toBe(readFileSync(join(out, 'editions/morning-2020-01-24.md'), 'utf8'))
    expect(run.stdout).toContain('10 of 10 sources heard')
    expect(run.stdout).toContain('independent outlets, first seen')
    expect(run.stdout).toContain('مُقتدى الصَّدر')
  })

  it('keeps database and editions to their owner', () => {
    expect(statSync(join(out, 'presslark.db')).mode & 0o077).toBe(0)
    expect(statSync(join(out, 'editions/morning-2020-01-24.md')).mode & 0o077).toBe(0)
  })

  it('leaves a sound database behind', () => {
    expect(store.integrity()).toBe('ok')
  })

  it('can be run again in the same place with the same result', async () => {
    const again = await presslark(['demo', '--out', out], out)
    expect(again.stdout).toBe(run.stdout)
  }, 60_000)
})
