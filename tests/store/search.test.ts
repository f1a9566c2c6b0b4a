// Search: newest first, filters that mean what they say, and nothing a filter can inject.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SearchFilter } from '../../src/store/index.ts'
import { dayMs, item, keep, noon, source, storeWith } from './archive.ts'

function archive() {
  const { store } = storeWith(['harbour', 'cedar'])
  store.feeds.sync([
    { ...source('harbour'), country: 'IQ' },
    { ...source('cedar'), kind: 'state' },
  ])
  keep(
    store,
    'harbour',
    item('Ceasefire talks', { url: 'https://harbour.example/a?x=[1]', categories: ['Économie', 'a*b'] }),
    { at: noon - 2 * dayMs, language: 'en' },
  )
  keep(store, 'cedar', item('وقف إطلاق النار', { url: 'https://cedar.example/b_1', categories: ['سياسة'] }), {
    at: noon - dayMs,
    language: 'ar',
  })
  keep(store, 'harbour', item('Ceasefire holds', { url: 'https://harbour.example/100%', categories: [] }), {
    at: noon,
    language: 'en-GB',
  })
  return (expression: string, filter: Partial<SearchFilter> = {}) =>
    store.search.search(expression, { limit: 10, ...filter }).map((hit) => hit.articleId)
}

describe('search', () => {
  test('answers with the newest first and ends at the limit', () => {
    const find = archive()
    expect(find('ceasefire')).toEqual([3, 1])
    expect(find('')).toEqual([3, 2, 1])
    expect(find('ceasefire', { limit: 1 })).toEqual([3])
  })

  test('puts the best first when asked: a word of the title before one of the text', () => {
    const { store } = storeWith(['harbour'])
    keep(store, 'harbour', item('Ceasefire'))
    keep(store, 'harbour', item('Talks', { summary: 'A ceasefire after long talks in the capital' }))
    const find = (order: 'newest' | 'best') =>
      store.search.search('ceasefire', { limit: 9, order }).map((hit) => hit.articleId)
    expect(find('newest')).toEqual([2, 1])
    expect(find('best')).toEqual([1, 2])
  })

  test('shows each article it names to a test, as topics see it, until there are enough', () => {
    const { store } = storeWith(['harbour'])
    for (const title of ['Ceasefire', 'CEASEFIRE', 'Ceasefire again', 'Harvest'])
      keep(store, 'harbour', item(title))
    const seen: unknown[] = []
    const find = (limit: number) =>
      store.search.searchTested('ceasefire', { limit }, ({ title, source }) => {
        seen.push([title, source])
        return title !== 'CEASEFIRE'
      })
    expect(find(9).map((hit) => hit.title)).toEqual(['Ceasefire again', 'Ceasefire'])
    expect(seen).toEqual([
      ['Ceasefire again', 'harbour'],
      ['CEASEFIRE', 'harbour'],
      ['Ceasefire', 'harbour'],
    ])
    seen.length = 0
    expect(find(1).map((hit) => hit.title)).toEqual(['Ceasefire again'])
    expect(seen).toHaveLength(1)
  })

  test('lists the words of the index by their beginning, each once', () => {
    const { store } = storeWith(['harbour'])
    keep(store, 'harbour', item('Qasim Kasim kasim قاسم قاسمی', { summary: 'k kas karim' }))
    expect([...store.search.wordsBeginning('ka')]).toEqual(['karim', 'kas', 'kasim'])
    expect([...store.search.wordsBeginning('قاسم')]).toEqual(['قاسم', 'قاسمي'])
    expect([...store.search.wordsBeginning('zz')]).toEqual([])
  })

  test('finds Arabic words as they were folded', () => {
    expect(archive()('النار')).toEqual([2])
  })

  test('tells a hit without the columns that are empty', () => {
    const { store } = storeWith(['harbour'])
    keep(store, 'harbour', item('Ceasefire'))
    expect(store.search.search('ceasefire', { limit: 1 })).toEqual([
      { articleId: 1, title: 'Ceasefire', sourceName: 'The harbour', firstSeenAt: noon, summary: '' },
    ])
  })

  test('keeps to the window, both ends included', () => {
    const find = archive()
    expect(find('', { since: noon - dayMs })).toEqual([3, 2])
    expect(find('', { until: noon - dayMs })).toEqual([2, 1])
    expect(find('ceasefire', { since: noon - dayMs, until: noon })).toEqual([3])
    expect(find('ceasefire', { since: noon + 1 })).toEqual([])
  })

  test('finds an article whose id is old although the clock was set back', () => {
    const { store } = storeWith(['harbour'])
    keep(store, 'harbour', item('late clock'), { at: noon })
    keep(store, 'harbour', item('early clock'), { at: noon - dayMs })
    expect(store.search.search('clock', { limit: 9, since: noon }).map((hit) => hit.articleId)).toEqual([1])
  })

  test('keeps to the window for a word of hundreds of articles as for one of a few', () => {
    const { store } = storeWith(['harbour'])
    store.transaction(() => {
      for (let number = 0; number < 600; number++)
        keep(store, 'harbour', item(number % 200 === 0 ? 'harvest of figs' : 'harvest'), {
          at: number === 200 ? noon : noon - dayMs - number,
        })
    })
    keep(store, 'harbour', item('harvest of figs'), { at: noon })
    for (const word of ['harvest', 'figs']) {
      const found = (since: number) =>
        store.search.search(word, { limit: 999, since }).map((hit) => hit.articleId)
      expect(found(noon)).toEqual([601, 201])
      expect(found(noon - 2 * dayMs)).toHaveLength(word === 'harvest' ? 601 : 4)
      expect(found(noon + 1)).toEqual([])
    }
  })

  test.each<[string, NonNullable<SearchFilter['where']>[number], readonly number[]]>([
    ['a language covers its regions', { field: 'lang', values: ['en'] }, [3, 1]],
    ['a region is only itself', { field: 'lang', values: ['en-gb'] }, [3]],
    ['several values are alternatives', { field: 'lang', values: ['ar', 'en-gb'] }, [3, 2]],
    ['not turns the condition round', { field: 'lang', values: ['en'], not: true }, [2]],
    ['no value equals nothing', { field: 'lang', values: [] }, []],
    ['not of no value is everything', { field: 'lang', values: [], not: true }, [3, 2, 1]],
    ['a source by its id', { field: 'source', values: ['cedar'] }, [2]],
    ['a source by a star', { field: 'source', values: ['har*'] }, [3, 1]],
    ['a country in any case', { field: 'country', values: ['iq'] }, [3, 1]],
    ['an unknown country is not every country', { field: 'country', values: ['IQ'], not: true }, [2]],
    ['a kind', { field: 'kind', values: ['state'] }, [2]],
    ['part of an address', { field: 'url', values: ['harbour.example'] }, [3, 1]],
    ['an address by a star', { field: 'url', values: ['https://*/b_1'] }, [2]],
    ['a tag in any case and script', { field: 'tag', values: ['éCONOMIE'] }, [1]],
    ['an Arabic tag', { field: 'tag', values: ['سياسة'] }, [2]],
    ['a tag never reaches into the next one', { field: 'tag', values: ['économie*b'] }, []],
  ])('%s', (_, condition, ids) => {
    expect(archive()('', { where: [condition] })).toEqual(ids)
  })

  test.each<[string, NonNullable<SearchFilter['where']>[number], readonly number[]]>([
    ['?', { field: 'url', values: ['harbour.example/?00%'] }, []],
    ['? as written', { field: 'url', values: ['/a?x'] }, [1]],
    ['[', { field: 'url', values: ['x=[1]'] }, [1]],
    ['[ is no class', { field: 'url', values: ['harbour.example/[a1]'] }, []],
    ['%', { field: 'url', values: ['%'] }, [3]],
    ['_', { field: 'url', values: ['_'] }, [2]],
    ['^', { field: 'source', values: ['[^x]*'] }, []],
    ['\\', { field: 'url', values: ['\\'] }, []],
  ])('%s is nothing but a character', (_, condition, ids) => {
    expect(archive()('', { where: [condition] })).toEqual(ids)
  })

  test('whatever stands in a filter is a value, never SQL', () => {
    const find = archive()
    const all = find('')
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        "' or 1=1 --",
        '"; drop table article; --',
        "x' union select 1 --",
        '\u0000',
        ') or (1',
        '?',
        '@id',
        ':x',
        '$y',
      ),
    )
    const fields = ['lang', 'source', 'country', 'kind', 'url', 'tag'] as const
    fc.assert(
      fc.property(nasty, fc.constantFrom(...fields), (value, field) => {
        fc.pre(!value.includes('*') && value !== '')
        const some = find('', { where: [{ field, values: [value] }] })
        const others = find('', { where: [{ field, values: [value], not: true }] })
        expect([...some, ...others].toSorted()).toEqual(all.toSorted())
      }),
      { numRuns: 40 },
    )
  })

  test('forgets the words an article no longer says', () => {
    const { store } = storeWith(['harbour'])
    const articleId = keep(store, 'harbour', item('ceasefire'))
    store.search.reindexText({ articleId, title: 'truce', summary: '', body: '', author: '' })
    expect(store.search.search('ceasefire', { limit: 1 })).toEqual([])
    expect(store.search.search('truce', { limit: 1 })).toHaveLength(1)
    expect(store.integrity()).toBe('ok')
  })
})
