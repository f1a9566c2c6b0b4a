// What an edition is composed from: each article in exactly one edition, with its evidence.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayMs, fetched, hourMs, item, keep, noon, record, see, storeWith } from './archive.ts'
import { about, truce, window } from './truce.ts'

describe('the articles of an edition', () => {
  test('are those in its range that match one of its topics', () => {
    const store = truce()
    const ids = ['truce', 'other', 'truce', 'truce'].map((topic, index) =>
      about(store, topic, `a${index}`, noon - hourMs),
    )
    const found = store.material.articles({ after: ids[0] ?? 0, upTo: ids[2] ?? 0 }, window, ['truce'])
    expect(found.map((article) => article.articleId)).toEqual([ids[2]])
    expect(store.material.articles({ after: 0, upTo: 99 }, window, [])).toEqual([])
  })

  test('bring their matches, their copies and their corrections', () => {
    const store = truce()
    const articleId = keep(store, 'wire', item('Truce', { summary: 's', text: 'body', flags: ['undated'] }), {
      at: noon - hourMs,
      language: 'en',
    })
    store.topics.addMatches(articleId, [
      { topicId: 'truce', spans: [{ field: 'title', start: 0, end: 5, term: 'truce' }] },
      { topicId: 'kind', spans: [] },
      { topicId: 'unasked', spans: [] },
    ])
    see(store, 'cedar', articleId, item('Truce', { url: 'https://cedar.example/1' }), 'same-text', noon)
    const known = store.articles.load(articleId)
    if (known)
      store.articles.revise(known, item('Truce fails', { summary: 's' }), { seenAt: noon, corrected: true })
    expect(store.material.articles({ after: 0, upTo: articleId }, window, ['truce', 'kind'])).toEqual([
      {
        articleId,
        storyId: 1,
        title: 'Truce fails',
        summary: 's',
        body: '',
        language: 'en',
        firstSeenAt: noon - hourMs,
        flags: ['undated'],
        outlet: { sourceId: 'wire', name: 'The wire', family: 'wire', kind: 'independent', grade: 'B' },
        matches: [
          { topicId: 'kind', spans: [] },
          { topicId: 'truce', spans: [{ field: 'title', start: 0, end: 5, term: 'truce' }] },
        ],
        sightings: [
          {
            outlet: expect.objectContaining({ sourceId: 'cedar' }),
            seenAt: noon,
            because: 'same-text',
            url: 'https://cedar.example/1',
          },
        ],
        revisions: [{ seenAt: noon, oldTitle: 'Truce', newTitle: 'Truce fails' }],
      },
    ])
  })

  test('include an older one whose headline was corrected in the window', () => {
    const store = truce()
    const articleId = about(store, 'truce', 'Ten dead', noon - 2 * dayMs)
    const known = store.articles.load(articleId)
    if (known) store.articles.revise(known, item('Two dead'), { seenAt: noon - hourMs, corrected: true })
    const found = store.material.articles({ after: articleId, upTo: articleId }, window, ['truce'])
    expect(found).toMatchObject([{ title: 'Two dead', revisions: [{ oldTitle: 'Ten dead' }] }])
  })

  test.each([
    ['the beginning of its text', item('', { summary: 'x'.repeat(200) }), 'x'.repeat(100)],
    ['its address', item('', { url: 'https://wire.example/1' }), 'https://wire.example/1'],
    ['a remark', item(''), '(no title)'],
  ])('without a headline show %s', (_, untitled, shown) => {
    const store = truce()
    const articleId = keep(store, 'wire', untitled, { at: noon })
    store.topics.addMatches(articleId, [{ topicId: 'truce', spans: [] }])
    expect(store.material.articles({ after: 0, upTo: 9 }, window, ['truce'])[0]?.title).toBe(shown)
  })
})

describe('the last id at a time', () => {
  test('is 0 when nothing is that old', () => {
    const store = truce()
    expect(store.material.lastIdAt(noon)).toBe(0)
    keep(store, 'wire', item('later'), { at: noon + 1 })
    expect(store.material.lastIdAt(noon)).toBe(0)
  })

  test('never falls as time goes on, however the clock jumped, so that no article is in two editions', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 8 }), (times) => {
        const { store } = storeWith(['wire'])
        for (const at of times) keep(store, 'wire', item('x'), { at })
        const ids = Array.from({ length: 52 }, (_, at) => store.material.lastIdAt(at))
        expect(ids).toEqual(ids.toSorted((a, b) => a - b))
        expect(ids.at(-1)).toBe(times.length)
      }),
      { numRuns: 10 },
    )
  })
})

test('totals count new articles by id and copies by time', () => {
  const store = truce()
  const ids = [1, 2, 3].map((index) => keep(store, 'wire', item(`a${index}`), { at: noon - hourMs }))
  see(store, 'cedar', ids[0] ?? 0, item('copy'), 'same-text', noon)
  see(store, 'cedar', ids[1] ?? 0, item('late copy'), 'same-text', noon + 1)
  expect(store.material.totals({ after: 1, upTo: 3 }, window)).toEqual({ totalNew: 2, totalDuplicates: 1 })
})

describe('baselines', () => {
  const weekMs = 7 * dayMs
  const hear = (store: ReturnType<typeof truce>, sourceId: string, weeks: readonly number[]) => {
    for (const ago of weeks) record(store, sourceId, fetched(noon - ago * weekMs - hourMs))
  }
  const all = [4, 3, 2, 1, 0]

  test('count a topic in the same window of the last four weeks, oldest first, and by days, today last', () => {
    const store = truce()
    hear(store, 'wire', all)
    for (const daysAgo of [30, 28, 7.5, 7.1, 7, 1, 0, 0]) about(store, 'truce', 'x', noon - daysAgo * dayMs)
    const { baselines, steadySources } = store.material.baselines(['truce'], window)
    expect(baselines[0]?.sameWeekday).toEqual([1, 0, 0, 3])
    expect(baselines[0]?.lastDays).toEqual([0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 1, 2])
    expect(steadySources).toEqual(['wire'])
  })

  test('compare three days that are caught up with three days', () => {
    const store = truce()
    const long = { from: noon - 3 * dayMs, until: noon }
    hear(store, 'wire', all)
    for (const daysAgo of [9.5, 8.5, 7.5]) about(store, 'truce', 'x', noon - daysAgo * dayMs)
    expect(store.material.baselines(['truce'], long).baselines[0]?.sameWeekday).toEqual([0, 0, 0, 3])
    expect(store.material.baselines(['truce'], window).baselines[0]?.sameWeekday).toEqual([0, 0, 0, 1])
  })

  test('leave out sources that were not heard in every window: a new feed fakes no spike', () => {
    const store = truce()
    hear(store, 'wire', all)
    hear(store, 'cedar', [2, 1, 0])
    for (const ago of [2, 1]) {
      about(store, 'truce', 'of the wire', noon - ago * weekMs - hourMs)
      for (const title of ['a', 'b', 'c']) {
        const at = noon - ago * weekMs - hourMs
        const articleId = keep(store, 'cedar', item(title), { at })
        store.topics.addMatches(articleId, [{ topicId: 'truce', spans: [] }])
      }
    }
    const { baselines, steadySources } = store.material.baselines(['truce'], window)
    expect(steadySources).toEqual(['wire'])
    expect(baselines[0]?.sameWeekday).toEqual([0, 0, 1, 1])
  })

  test('are none while no source was heard for four weeks, nor of sources below the grade', () => {
    const store = truce()
    hear(store, 'wire', [3, 2, 1, 0])
    const before = store.material.baselines(['truce', 'other'], window)
    expect(before.baselines.map((line) => line.sameWeekday)).toEqual([[], []])
    record(store, 'wire', fetched(noon - 4 * weekMs))
    const after = store.material.baselines(['truce'], window)
    expect(after.baselines[0]?.sameWeekday).toEqual([0, 0, 0, 0])
    expect(store.material.baselines(['truce'], window, 'A').steadySources).toEqual([])
  })
})
