// Topic rules by version, and the evidence found with them.
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { noon, storeWith } from './archive.ts'
import { about, truce, window } from './truce.ts'

describe('topic rules', () => {
  const topic = { id: 'truce', name: 'Truce', any: ['هدنة'] }
  test('get a new version when they change, and only then', () => {
    const { store } = storeWith([])
    expect(store.topics.version('truce')).toBe(0)
    store.topics.register([topic], noon)
    store.topics.register([topic], noon)
    expect(store.topics.version('truce')).toBe(1)
    store.topics.register([{ ...topic, any: ['هدنة', 'آتش‌بس'] }], noon)
    expect(store.topics.version('truce')).toBe(2)
  })

  test('keep their version under another name, colour or weight, which is what is told from then on', () => {
    const { store } = storeWith([])
    store.topics.register([topic], noon)
    const renamed = { ...topic, name: 'Ceasefire', color: '#00796b', weight: 2 }
    store.topics.register([renamed], noon + 1)
    expect(store.topics.version('truce')).toBe(1)
    expect(store.topics.active()).toEqual([{ topicId: 'truce', version: 1, topic: renamed, since: noon }])
  })

  test('keep the versions they had when one of them cannot be stored', () => {
    const { store, path } = storeWith([])
    const db = new Database(path)
    onTestFinished(() => void db.close())
    const others = { ...topic, id: 'drought' }
    store.topics.register([topic, others], noon)
    db.exec(`create trigger full before insert on topic_rule when new.topic_id = 'drought'
      begin select raise(abort, 'no room'); end`)
    const changed = [topic, others].map((one) => ({ ...one, any: ['جفاف'] }))
    expect(() => store.topics.register(changed, noon)).toThrow('no room')
    expect([store.topics.version('truce'), store.topics.version('drought')]).toEqual([1, 1])
    db.exec('drop trigger full')
    store.topics.register(changed, noon)
    expect([store.topics.version('truce'), store.topics.version('drought')]).toEqual([2, 2])
  })

  test('of an older wording give way to those of the newest', () => {
    const store = truce()
    const articleId = about(store, 'truce', 'x', noon)
    store.topics.register([{ id: 'truce', name: 'Truce', any: ['u'] }], noon)
    store.topics.addMatches(articleId, [
      { topicId: 'truce', spans: [{ field: 'summary', start: 2, end: 3, term: 'u' }] },
    ])
    const [article] = store.material.articles({ after: 0, upTo: articleId }, window, ['truce'])
    expect(article?.matches).toEqual([
      { topicId: 'truce', spans: [{ field: 'summary', start: 2, end: 3, term: 'u' }] },
    ])
  })

  test('find a revised article anew, and count its day by what still matches', () => {
    const store = truce()
    const articleId = about(store, 'truce', 'x', noon)
    store.topics.replaceMatches(articleId, [])
    expect(store.material.articles({ after: 0, upTo: articleId }, window, ['truce'])).toEqual([])
    expect(store.material.baselines(['truce'], window).baselines[0]?.lastDays.at(-1)).toBe(0)
  })
})
