// Reports in different languages are linked when topics, numbers, names and time agree: judged on a labelled set of invented reports.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectedNames, languageLink, type Telling, tellingOf } from '../../src/pipeline/language-link.ts'
import { createLanguageLinks } from '../../src/pipeline/language-links.ts'
import { compileWatchlist, tagArticle } from '../../src/pipeline/tag.ts'
import { labelledReports, watchlist } from './reports-across-languages.ts'

const HOUR_MS = 3_600_000
const compiled = compileWatchlist(watchlist).watchlist
const terms = watchlist.flatMap(({ any = [] }) => (Array.isArray(any) ? any : Object.values(any).flat()))
const expected = expectedNames(terms.filter((term) => typeof term === 'string'))
const tellings: readonly Telling[] = labelledReports.map(({ language, at, title, text }, articleId) => {
  const topics = tagArticle(compiled, { title, summary: text, lang: language }).map(({ topicId }) => topicId)
  const report = { articleId, language, at: at * HOUR_MS, seenAt: at * HOUR_MS, topics, title, text }
  return tellingOf(report, expected)
})
const eventOf = (index: number): string => labelledReports[index]?.event ?? ''

type Pair = { readonly event: string; readonly isTrue: boolean; readonly isLinked: boolean }
const pairs: readonly Pair[] = tellings.flatMap((a, one) =>
  tellings.slice(one + 1).flatMap((b, offset) => {
    const isTrue = eventOf(one) === eventOf(one + 1 + offset)
    if (a.language === b.language) return []
    return { event: eventOf(one), isTrue, isLinked: languageLink(a, b) !== undefined }
  }),
)

function figures(some: readonly Pair[]) {
  const linked = some.filter(({ isLinked }) => isLinked)
  const hits = linked.filter(({ isTrue }) => isTrue).length
  return { precision: hits / linked.length, recall: hits / some.filter(({ isTrue }) => isTrue).length }
}

describe('on 162 labelled reports of 71 events in three languages', () => {
  it('what is linked is one event in nine of ten cases at least, in either half of the events', () => {
    const halves = [0, 1].map((half) => pairs.filter(({ event }) => event.charCodeAt(0) % 2 === half))
    for (const some of [pairs, ...halves]) expect(figures(some).precision).toBeGreaterThanOrEqual(0.9)
  })

  it('more than half of the true pairs are found', () => {
    expect(pairs.filter(({ isTrue }) => isTrue)).toHaveLength(111)
    expect(figures(pairs).recall).toBeGreaterThan(0.55)
  })
})

describe('two reports', () => {
  const [english, arabic] = tellings
  if (english === undefined || arabic === undefined) throw new Error('the set is empty')

  it('are linked with what both tell', () => {
    expect(languageLink(english, arabic)).toBe(
      'other-language score=4.4 topics=disasters,energy,iraq numbers=4,17,210000',
    )
  })

  it('of one language, more than a day and a half apart, or without a topic in common are not', () => {
    const later = english.at + 37 * HOUR_MS
    for (const other of [
      { ...arabic, language: 'en' },
      { ...arabic, at: later },
      { ...arabic, seenAt: later },
      { ...arabic, topics: ['yemen'] },
    ])
      expect(languageLink(english, other)).toBeUndefined()
  })

  it('that share nothing but small numbers are not, whatever topics they share', () => {
    const few = { topics: ['a', 'b', 'c'], numbers: [2, 3, 4, 5, 6, 7], names: new Map() }
    expect(languageLink({ ...english, ...few }, { ...arabic, ...few })).toBeUndefined()
  })
})

describe('which pairs are linked', () => {
  const someOrder = fc.shuffledSubarray([...tellings.keys()], { minLength: tellings.length })
  const linkedIn = (order: readonly number[]) => {
    const links = createLanguageLinks()
    const found = order.flatMap((index) => {
      const telling = tellings[index]
      return telling === undefined ? [] : links.add(telling)
    })
    return found
      .map(({ articleId, otherId }) => [articleId, otherId].toSorted((a, b) => a - b).join(' '))
      .toSorted()
  }

  it('is no matter of the order in which the reports come, nor of one coming twice', () => {
    const inOrder = linkedIn([...tellings.keys()])
    const judged = tellings.flatMap((a, one) =>
      tellings.slice(one + 1).filter((b) => languageLink(a, b) !== undefined),
    )
    expect(inOrder).toHaveLength(judged.length)
    fc.assert(
      fc.property(someOrder, fc.nat(tellings.length - 1), (order, again) => {
        expect(linkedIn(order)).toEqual(inOrder)
        expect([...new Set(linkedIn([...order, again]))]).toEqual(inOrder)
      }),
      { numRuns: 20 },
    )
  })

  it('is no matter of what was forgotten, when it came too long ago to count', () => {
    const byTime = tellings.toSorted((a, b) => a.seenAt - b.seenAt)
    const [all, forgetful] = [createLanguageLinks(), createLanguageLinks()]
    for (const telling of byTime) {
      forgetful.forget(telling.seenAt)
      expect(forgetful.add(telling)).toEqual(all.add(telling))
    }
  })
})
