import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createDuplicateIndex } from '../../src/pipeline/dedupe-index.ts'
import type { EchoDocument } from '../../src/pipeline/echo-document.ts'
import { BUDGET, DAY_MS, FLOOD, HOUR_MS, MORNING, report } from './echo-reports.ts'

function indexOf(...documents: readonly EchoDocument[]) {
  const index = createDuplicateIndex()
  for (const document of documents) index.add(document)
  return index
}

const original = report(...BUDGET)
const elsewhere = { sourceId: 'euphrates-daily', family: 'euphrates', at: MORNING + HOUR_MS }
const copyOf = (title: string, text: string, known = original) =>
  indexOf(known, report(...FLOOD)).nearest(report(title, text, elsewhere))

describe('a copy is recognised', () => {
  const [title, text] = BUDGET
  test.each([
    ['word for word', title, text],
    ['with the mark of an update', `UPDATE 2-${title}`, text],
    ['as breaking news', `BREAKING: ${title}`, text],
    ['with the name of the outlet', `${title} | Euphrates Daily`, text],
    ['with a dateline and a credit', title, `BAGHDAD, Nov 20 (Reuters) - ${text}`],
    ['cut short', title, text.slice(0, 120)],
    ['under a headline cut short', `${title.slice(0, 30)}...`, text],
    ['under another headline', 'Iraqi lawmakers end budget dispute', text],
    ['in capitals', title.toUpperCase(), text],
  ])('%s', (_, copyTitle, copyText) => {
    expect(copyOf(copyTitle, copyText)).toMatchObject({
      articleId: original.articleId,
      sourceId: 'tigris-post',
    })
  })

  test('in Persian, whatever keyboard, affixes apart or closed up', () => {
    const known = report(
      'فوری: رئیس‌جمهور می‌گوید تحریم‌ها بی‌اثر شده‌اند',
      'رئیس‌جمهور ایران در نشست خبری روز شنبه گفت تحریم‌های نفتی بی‌اثر شده‌اند و صادرات میعانات به چین بیشتر می‌شود.',
    )
    const typed =
      'رئيس جمهور ايران در نشست خبري روز شنبه گفت تحريم هاي نفتي بي اثر شده اند و صادرات ميعانات به چين بيشتر ميشود.'
    const found = copyOf('رئيس جمهور مي گويد تحريم ها بي اثر شده اند', typed, known)
    expect(found).toMatchObject({ articleId: known.articleId, isSameTitle: true, p: 1 })
  })

  test('in the same second, and when the older one arrives last', () => {
    const index = indexOf(original)
    expect(index.nearest(report(...BUDGET, { at: original.at }))?.articleId).toBe(original.articleId)
    expect(index.nearest(report(...BUDGET, { at: original.at - HOUR_MS }))?.articleId).toBe(
      original.articleId,
    )
  })

  test('and says which rare words it shares', () => {
    const found = copyOf('Iraqi lawmakers end dispute', BUDGET[1])
    expect(found?.isSameTitle).toBe(false)
    expect(found?.shares).toHaveLength(3)
    for (const word of found?.shares ?? []) expect(BUDGET[1].toLowerCase()).toContain(word)
  })
})

describe('another report is not taken for a copy', () => {
  const rate = (amount: string) =>
    `The dollar sold at ${amount} dinars per 100 dollars on the Al-Kifah exchange in Baghdad this morning.`

  test('when a rate is reported every day', () => {
    const title = 'Dinar exchange rate in Baghdad markets today'
    expect(copyOf(title, rate('132,250'), report(title, rate('131,500')))).toBeUndefined()
  })

  test('when only the place differs', () => {
    const titleOf = (place: string) => `Roadside bomb kills two in ${place}`
    const textOf = (place: string) => `Two people died when a bomb went off in ${place} on Friday.`
    expect(
      copyOf(titleOf('Anbar'), textOf('Anbar'), report(titleOf('Diyala'), textOf('Diyala'))),
    ).toBeUndefined()
  })

  test('when only the boilerplate is shared', () => {
    const boilerplate =
      'Sign up for our newsletter to get the latest headlines. Follow us on Facebook and Twitter.'
    const known = report('Minister opens school in Najaf', boilerplate)
    expect(copyOf('Floods hit Dohuk', boilerplate, known)).toBeUndefined()
  })

  test('when it is a digest that holds the report word for word', () => {
    const short = report('Gas station explodes in Ramadi', 'A gas station exploded in Ramadi, wounding nine.')
    const digest = `${short.title}: ${short.text} ${BUDGET[1]} ${FLOOD[1]}`
    expect(copyOf('Evening digest of the region', digest, short)).toBeUndefined()
  })

  test('when it is a live page, on either side', () => {
    const live = { url: 'https://tigris.example/live/1' }
    expect(indexOf(report(...BUDGET, live)).nearest(report(...BUDGET, elsewhere))).toBeUndefined()
    expect(indexOf(original).nearest(report(...BUDGET, { ...elsewhere, ...live }))).toBeUndefined()
    expect(indexOf(original).nearest(report(`مباشر: ${BUDGET[0]}`, BUDGET[1], elsewhere))).toBeUndefined()
  })

  test('when it is the article itself, or came too much later', () => {
    expect(indexOf(original).nearest(original)).toBeUndefined()
    expect(indexOf(original).nearest(report(...BUDGET, { at: MORNING + 4 * DAY_MS }))).toBeUndefined()
  })

  test('when there is nothing to compare', () => {
    expect(copyOf('', '')).toBeUndefined()
    expect(indexOf(report('', '')).nearest(report('', '', elsewhere))).toBeUndefined()
  })
})

test('a headline that a source uses for the third time in 30 days is no evidence; for another source it is', () => {
  const title = 'Kirkuk bazaar prices of vegetables and poultry'
  const index = indexOf(
    report(title, '', { at: MORNING - 20 * DAY_MS }),
    report(title, '', { at: MORNING - 2 * DAY_MS }),
  )
  expect(index.nearest(report(title, ''))).toBeUndefined()
  expect(index.nearest(report(title, '', elsewhere))?.isSameTitle).toBe(true)
})

test('copies filed under their original do not make its headline a recurring one', () => {
  const index = indexOf(original)
  index.add(report(...BUDGET), original.articleId)
  index.add(report(...BUDGET), original.articleId)
  expect(index.nearest(report(...BUDGET))?.isSameTitle).toBe(true)
})

test('a copy of a copy points at the first', () => {
  const index = indexOf(original)
  const copy = report(
    'Kurdish region settles dispute over oil revenues',
    `Reported by the Daily. ${BUDGET[1]}`,
    elsewhere,
  )
  index.add(copy, index.nearest(copy)?.articleId)
  const second = report(copy.title, copy.text, { ...elsewhere, sourceId: 'third' })
  expect(index.nearest(second)).toMatchObject({ articleId: original.articleId, sourceId: 'euphrates-daily' })
})

test('what is older than three days is forgotten', () => {
  const index = indexOf(report(...FLOOD, { at: MORNING - 4 * DAY_MS }), original)
  expect(index.size).toBe(2)
  index.forgetBefore(MORNING - 3 * DAY_MS)
  expect(index.size).toBe(1)
  expect(index.nearest(report(...FLOOD, { at: MORNING - 3 * DAY_MS }))).toBeUndefined()
  expect(index.nearest(report(...BUDGET, elsewhere))?.articleId).toBe(original.articleId)
})

const word = fc.constantFrom(...`${BUDGET.join(' ')} ${FLOOD.join(' ')} قال وزير النفط 12 13 2026`.split(' '))
const someText = fc.array(word, { maxLength: 60 }).map((words) => words.join(' '))
const someReport = fc
  .record({ title: someText, text: someText, hours: fc.nat(200), source: fc.constantFrom('a', 'b') })
  .map(({ title, text, hours, source }) =>
    report(title, text, { at: MORNING + hours * HOUR_MS, sourceId: source }),
  )

test('whatever comes, the nearest is a known article, with a probability', () => {
  fc.assert(
    fc.property(fc.array(someReport, { maxLength: 12 }), (reports) => {
      const index = createDuplicateIndex()
      const articles = new Set<number>()
      for (const one of reports) {
        const found = index.nearest(one)
        if (found === undefined) articles.add(one.articleId)
        else expect(articles).toContain(found.articleId)
        expect(found?.p ?? 1).toBeGreaterThan(0.5)
        expect(found?.p ?? 1).toBeLessThanOrEqual(1)
        index.add(one, found?.articleId)
      }
      expect(index.size).toBe(reports.length)
    }),
    { numRuns: 60 },
  )
})
