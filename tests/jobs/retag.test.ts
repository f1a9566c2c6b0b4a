// Tagging the archive again: what the newest rule says counts, what older ones found stays, and every day's count is right.
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { retagArchive } from '../../src/jobs/index.ts'
import type { Topic } from '../../src/model/topic.ts'
import { compileWatchlist } from '../../src/pipeline/tag.ts'
import type { Store } from '../../src/store/index.ts'
import { fetched, item, openDesk } from './desk.ts'

const dayMs = 86_400_000
const range = { after: 0, upTo: 9_999 }
const window = { from: 0, until: 99 * dayMs }

async function deskWith(titles: readonly string[]) {
  const desk = openDesk()
  onTestFinished(() => desk.store.close())
  for (const [index, title] of titles.entries())
    await desk.ingest(1, fetched(index * dayMs, [item(`i${index}`, title)]), index * dayMs)
  return desk
}

/** Puts rules in force as a start of the program does. */
function put(store: Store, topics: readonly Topic[]): void {
  store.topics.register(topics, dayMs)
}

async function retag(store: Store, ids: readonly string[], since = 0) {
  const active = store.topics.active().filter(({ topicId }) => ids.includes(topicId))
  const rules = active.map(({ topicId, version }) => ({ topicId, version }))
  const { watchlist } = compileWatchlist(active.map(({ topic }) => topic))
  const end = await retagArchive({ store, rules, watchlist, since }, () => undefined)
  return end.topics.map(({ topicId, ...rest }) => ({ topicId, ...rest }))
}

const harvest = (...any: readonly string[]): Topic => ({ id: 'harvest', name: 'Harvest', any })

function shownIn(store: Store, ...topics: readonly string[]): readonly string[] {
  return store.material
    .articles(range, window, topics)
    .map(({ title, matches }) => `${title}: ${matches.flatMap(({ spans }) => spans.map(({ term }) => term))}`)
}

describe('an archive tagged again', () => {
  const titles = ['Harvest begins early', 'Wheat prices fall', 'Barley is cut', 'A bridge opens']

  test('shows what the newest rule finds, and no longer what only an older one found', async () => {
    const { store } = await deskWith(titles)
    expect(shownIn(store, 'harvest')).toEqual(['Harvest begins early: harvest', 'Wheat prices fall: wheat'])
    put(store, [harvest('harvest', 'barley')])
    expect(await retag(store, ['harvest'])).toEqual([
      { topicId: 'harvest', version: 2, matched: 2, gained: 1, lost: 1 },
    ])
    expect(shownIn(store, 'harvest')).toEqual(['Harvest begins early: harvest', 'Barley is cut: barley'])
    expect(store.stats(0).byTopic).toEqual([{ topicId: 'harvest', articles: 2 }])
  })

  test('keeps the matches of older rules', async () => {
    const { store, path } = await deskWith(titles)
    put(store, [harvest('barley')])
    await retag(store, ['harvest'])
    const db = new Database(path, { readonly: true })
    onTestFinished(() => void db.close())
    const kept = db
      .prepare('select rule_version, term from topic_match order by rule_version, term')
      .raw()
      .all()
    expect(kept).toEqual([
      [1, 'harvest'],
      [1, 'wheat'],
      [2, 'barley'],
    ])
  })

  test('shows an article again when a third rule finds it again', async () => {
    const { store } = await deskWith(titles)
    put(store, [harvest('barley')])
    await retag(store, ['harvest'])
    put(store, [harvest('wheat')])
    await retag(store, ['harvest'])
    expect(shownIn(store, 'harvest')).toEqual(['Wheat prices fall: wheat'])
  })

  test('leaves articles alone that are older than asked for', async () => {
    const { store } = await deskWith(titles)
    put(store, [harvest('barley')])
    await retag(store, ['harvest'], dayMs)
    expect(shownIn(store, 'harvest')).toEqual(['Harvest begins early: harvest', 'Barley is cut: barley'])
  })

  test('changes nothing when it is tagged once more', async () => {
    const { store } = await deskWith(titles)
    put(store, [harvest('harvest', 'barley')])
    await retag(store, ['harvest'])
    expect(await retag(store, ['harvest'])).toMatchObject([{ matched: 2, gained: 0, lost: 0 }])
  })

  test('stops when the rule changes meanwhile, and says which', async () => {
    const { store } = await deskWith(titles)
    const rules = [{ topicId: 'harvest', version: 1 }]
    const { watchlist } = compileWatchlist([harvest('harvest')])
    const end = await retagArchive({ store, rules, watchlist, since: 0 }, () => put(store, [harvest('oats')]))
    expect(end.changed).toEqual(['harvest'])
  })

  test('forgets what a newer rule did not find once the publisher has changed the article', async () => {
    const { store, ingest } = await deskWith(titles)
    put(store, [harvest('barley')])
    await retag(store, ['harvest'])
    await ingest(1, fetched(9 * dayMs, [item('i1', 'Harvest prices fall')]), 9 * dayMs)
    expect(shownIn(store, 'harvest')).toContain('Harvest prices fall: harvest')
  })
})

test('between two batches others write, and articles are tagged as they are by then', async () => {
  const { store, path, ingest } = await deskWith(['Harvest begins'])
  const items = Array.from({ length: 450 }, (_, index) =>
    item(`b${index}`, `Barley ${index} in village ${index}`),
  )
  await ingest(2, fetched(dayMs, items), dayMs)
  put(store, [harvest('barley')])
  const other = new Database(path, { timeout: 0 })
  onTestFinished(() => void other.close())
  const batches: number[] = []
  const rules = [{ topicId: 'harvest', version: 2 }]
  const { watchlist } = compileWatchlist([harvest('barley')])
  const { left } = store.retag.plan(rules, 0)
  await retagArchive({ store, rules, watchlist, since: 0 }, (articles) => {
    batches.push(articles)
    if (batches.length === 1) other.exec(`update article set title = 'Oats' where title like 'Barley %'`)
  })
  expect(Math.max(...batches)).toBe(200)
  expect(batches.reduce((sum, count) => sum + count, 0)).toBe(left)
  expect(shownIn(store, 'harvest')).toHaveLength(199)
})

describe('a run that was cut off', () => {
  test('goes on behind the last article that was done', async () => {
    const { store } = await deskWith(['Harvest one', 'Harvest two', 'Harvest three'])
    put(store, [harvest('two', 'three')])
    const rules = [{ topicId: 'harvest', version: 2 }]
    store.retag.pass(rules, 0, 2)
    expect(store.retag.unfinished()).toEqual(['harvest'])
    expect(store.retag.plan(rules, 0)).toEqual({ after: 2, since: 0, left: 1, resumed: true })
    expect(await retag(store, ['harvest'])).toMatchObject([{ matched: 1 }])
    expect(store.retag.unfinished()).toEqual([])
  })

  test.each([
    ['with another version of the rule', { topicId: 'harvest', version: 3 }],
    ['for another topic beside it', { topicId: 'bridge', version: 1 }],
  ])('does not count %s', async (_, rule) => {
    const { store } = await deskWith(['Harvest one', 'Harvest two'])
    store.retag.pass([{ topicId: 'harvest', version: 2 }], 0, 1)
    expect(store.retag.plan([rule], 0)).toMatchObject({ after: 0, resumed: false, left: 2 })
  })

  test('does not count when more of the past is asked for', async () => {
    const { store } = await deskWith(['Harvest one', 'Harvest two'])
    const rules = [{ topicId: 'harvest', version: 1 }]
    store.retag.pass(rules, dayMs, 2)
    expect(store.retag.plan(rules, 0)).toMatchObject({ after: 0, since: 0, resumed: false })
    expect(store.retag.plan(rules, 2 * dayMs)).toMatchObject({ after: 2, since: dayMs, resumed: true })
  })
})

/** Each day's count beside the articles of that day that match now. */
function countsAndTruth(path: string) {
  const db = new Database(path, { readonly: true })
  const counts = db
    .prepare('select day, articles from topic_day where articles <> 0 order by day')
    .raw()
    .all()
  const truth = db
    .prepare(`select a.first_seen_at / ${dayMs} as day, count(distinct a.id) from article a
      join current_match m on m.article_id = a.id group by day order by day`)
    .raw()
    .all()
  db.close()
  return { counts, truth }
}

test('the counts of days stay those of the articles that match, whatever is ingested, revised and tagged again', async () => {
  const word = fc.constantFrom('harvest', 'wheat', 'barley', 'bridge')
  const step = fc.oneof(
    fc.record({ kind: fc.constant('item' as const), id: fc.integer({ min: 0, max: 4 }), title: word }),
    fc.record({ kind: fc.constant('rule' as const), words: fc.uniqueArray(word, { minLength: 1 }) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const { store, path, ingest } = openDesk()
      for (const [at, one] of steps.entries()) {
        if (one.kind === 'rule') {
          put(store, [harvest(...one.words)])
          await retag(store, ['harvest'])
        } else {
          const text = `${one.title} number ${one.id}`
          await ingest(1, fetched(at * dayMs, [item(`i${one.id}`, text)]), at * dayMs)
        }
      }
      store.close()
      const { counts, truth } = countsAndTruth(path)
      expect(counts).toEqual(truth)
    }),
    { numRuns: 20 },
  )
})
