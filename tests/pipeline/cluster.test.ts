import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createStoryIndex } from '../../src/pipeline/cluster.ts'
import { BUDGET, DAY_MS, FLOOD, HOUR_MS, MORNING, report } from './echo-reports.ts'

function indexOf(...stories: readonly (readonly [number, ReturnType<typeof report>])[]) {
  const index = createStoryIndex()
  for (const [storyId, document] of stories) index.addTo(storyId, document)
  return index
}

const elsewhere = { sourceId: 'euphrates-daily', family: 'euphrates', at: MORNING + 3 * HOUR_MS }
const budgetRewritten = report(
  'Iraqi lawmakers approve budget, ending dispute with Kurdish region',
  'The federal budget, worth 150 trillion dinars, was passed by parliament in Baghdad after months of talks on oil revenues.',
  elsewhere,
)

describe('a report joins the story of its event', () => {
  const index = indexOf([41, report(...BUDGET)], [42, report(...FLOOD)])

  test('when another outlet tells it in other words', () => {
    expect(index.assign(budgetRewritten)).toMatchObject({ storyId: 41, because: 'same-event' })
  })

  test('in Arabic, where prefixes are written onto the words', () => {
    const fire = report(
      'حريق هائل في قاعة أعراس بالحمدانية يخلف عشرات القتلى',
      'اندلع حريق كبير في قاعة للأعراس في قضاء الحمدانية بمحافظة نينوى مساء الثلاثاء وأسفر عن مقتل العشرات.',
    )
    const told = report(
      'أكثر من مئة قتيل بحريق خلال حفل زفاف في نينوى',
      'قال مسؤولون صحيون إن أكثر من مئة شخص قتلوا في حريق اندلع في قاعة أعراس في الحمدانية شمالي العراق.',
      elsewhere,
    )
    expect(indexOf([41, report(...BUDGET)], [43, fire]).assign(told)).toMatchObject({ storyId: 43 })
  })

  test('when it came before the report that began the story', () => {
    expect(index.assign({ ...budgetRewritten, at: MORNING - HOUR_MS })).toMatchObject({ storyId: 41 })
  })

  test('and asking changes nothing', () => {
    expect(index.assign(budgetRewritten)).toEqual(index.assign(budgetRewritten))
    expect(index.size).toBe(2)
  })
})

describe('a report begins a story of its own', () => {
  test('when no story is like it', () => {
    const index = indexOf([42, report(...FLOOD)])
    expect(index.assign(budgetRewritten)).toMatchObject({ storyId: 'new', because: 'no-story-like-it' })
    expect(createStoryIndex().assign(budgetRewritten)).toEqual({
      storyId: 'new',
      p: 0,
      related: [],
      because: 'no-story-like-it',
    })
  })

  test('when it is made from the same template about another place', () => {
    const bomb = (place: string) =>
      report(
        `Roadside bomb kills two in ${place}`,
        `Two people died when a bomb went off in ${place} on Friday morning.`,
      )
    expect(indexOf([41, bomb('Diyala')]).assign(bomb('Anbar'))).toMatchObject({
      storyId: 'new',
      because: 'same-template',
    })
  })

  test('when it is made from the same template about another place, in Arabic', () => {
    const attack = (place: string, attached: string) =>
      report(`مقتل شرطي في هجوم ${attached}`, `قتل شرطي في هجوم مسلح في مدينة ${place} مساء الخميس.`)
    const index = indexOf([41, attack('الموصل', 'بالموصل')])
    expect(index.assign(attack('كركوك', 'بكركوك'))).toMatchObject({
      storyId: 'new',
      because: 'same-template',
    })
  })

  test('when its source reports the same figure of another day', () => {
    const rate = (amount: string) =>
      report(
        'Dinar rate in Baghdad markets today',
        `The dollar sold at ${amount} dinars on Al-Kifah exchange this morning.`,
      )
    expect(indexOf([41, rate('131,500')]).assign(rate('132,250'))).toMatchObject({
      storyId: 'new',
      because: 'same-template',
    })
  })

  test('when another outlet tells the same market of another day', () => {
    const gain = report(
      'Karvan exchange ends up 1.2 pct as shippers gain',
      'The Karvan exchange ended 1.2 percent higher on Thursday, led by ferry operators. Volume was the best in seven weeks.',
    )
    const loss = report(
      'Bank shares drag Karvan exchange down 0.8 pct',
      "Bank shares dragged the Karvan exchange to a loss of 0.8 percent at Wednesday's close. Volume was the lowest in seven weeks.",
      { ...elsewhere, at: MORNING - 23 * HOUR_MS },
    )
    const sameDay = report(
      'Freight shares lift Karvan exchange 1.2 pct',
      "Ferry and freight shares carried the Karvan exchange to a gain of 1.2 percent at Thursday's close, the best in seven weeks.",
      elsewhere,
    )
    const index = indexOf([41, gain])
    expect(index.assign(loss)).toMatchObject({ storyId: 'new', because: 'same-template' })
    expect(index.assign(sameDay)).toMatchObject({ storyId: 41 })
  })

  test('when it only shares a place and a few small figures', () => {
    const market = report(
      'Velmar exchange ends up 1.2 pct as shippers gain',
      'The Velmar exchange ended 1.2 percent higher, led by ferry operators.',
    )
    const match = report(
      'Port Velmar beat Marsa Luban 2-1 in island league',
      'Port Velmar beat Marsa Luban 2-1 in the island league before 1,200 people.',
      elsewhere,
    )
    expect(indexOf([41, market]).assign(match)).toMatchObject({ storyId: 'new' })
  })

  test('when the story has been quiet for more than five days', () => {
    const late = { ...budgetRewritten, at: MORNING + 6 * DAY_MS }
    expect(indexOf([41, report(...BUDGET)]).assign(late)).toMatchObject({ storyId: 'new' })
  })
})

test('a report that fits two stories joins one and names the other, and neither swallows the other', () => {
  const both = `${BUDGET[1].slice(0, 130)} ${FLOOD[1].slice(0, 130)}`
  const index = indexOf([41, report(...BUDGET)], [42, report(...FLOOD)])
  const decision = index.assign(
    report('Parliament passes budget as floods cut mountain road', both, elsewhere),
  )
  expect([decision.storyId, ...decision.related].toSorted()).toEqual([41, 42])
  expect(index.size).toBe(2)
})

test('a report moved by hand stays in the story it was moved to, and both stories stay alive', () => {
  const index = indexOf([41, report(...BUDGET)], [42, report(...FLOOD)])
  index.addTo(42, budgetRewritten)
  expect(index.size).toBe(2)
  const third = report('Budget passed in Baghdad', BUDGET[1], { ...elsewhere, sourceId: 'third' })
  expect([41, 42]).toContain(index.assign(third).storyId)
})

test('a story lives five days after its last report, not after its first', () => {
  const index = indexOf(
    [41, report(...BUDGET)],
    [42, report(...FLOOD)],
    [41, { ...budgetRewritten, at: MORNING + 4 * DAY_MS }],
  )
  index.forgetBefore(MORNING + 2 * DAY_MS)
  expect(index.size).toBe(1)
  expect(index.assign({ ...budgetRewritten, at: MORNING + 7 * DAY_MS })).toMatchObject({ storyId: 41 })
})

test('whatever comes, the story assigned is a live one and every story keeps its id', () => {
  const word = fc.constantFrom(...`${BUDGET.join(' ')} ${FLOOD.join(' ')} قال وزير النفط 12 13`.split(' '))
  const someText = fc.array(word, { maxLength: 40 }).map((words) => words.join(' '))
  const someReports = fc.array(fc.record({ title: someText, text: someText, hours: fc.nat(300) }), {
    maxLength: 15,
  })
  fc.assert(
    fc.property(someReports, (reports) => {
      const index = createStoryIndex()
      const lastAt = new Map<number, number>()
      for (const [number, { title, text, hours }] of reports.entries()) {
        const document = report(title, text, { at: MORNING + hours * HOUR_MS })
        const { storyId, p } = index.assign(document)
        if (storyId !== 'new')
          expect(Math.abs(document.at - (lastAt.get(storyId) ?? 0))).toBeLessThanOrEqual(5 * DAY_MS)
        expect(p).toBeGreaterThanOrEqual(0)
        expect(p).toBeLessThanOrEqual(1)
        const joined = storyId === 'new' ? number : storyId
        index.addTo(joined, document)
        lastAt.set(joined, Math.max(document.at, lastAt.get(joined) ?? 0))
      }
      expect(index.size).toBe(lastAt.size)
    }),
    { numRuns: 60 },
  )
})

describe('a language without a background of common words', () => {
  const sentences = [
    [
      'Hükümet yeni bütçe tasarısını meclise sundu',
      'Bakan bugün yaptığı konuşmada yeni bütçenin vergi oranlarını değiştirmeyeceğini söyledi.',
    ],
    [
      'Yeni metro hattı yıl sonunda açılacak',
      'Başkan bugün yaptığı konuşmada yeni metro hattının yıl sonunda açılacağını söyledi.',
    ],
    [
      'Zeytin hasadı erken başladı',
      'Üreticiler bugün yaptığı açıklamada yeni hasadın verimli olacağını söyledi.',
    ],
  ] as const

  test('makes no story of words that everybody uses', () => {
    const stories = createStoryIndex()
    const joined = sentences.map(([title, text], index) => {
      const document = {
        articleId: index + 1,
        sourceId: `s${index}`,
        family: `s${index}`,
        title,
        text,
        at: 1e12 + index,
        language: 'tr-TR',
      }
      const { storyId, because } = stories.assign(document)
      stories.addTo(index + 1, document)
      return [storyId, because]
    })
    expect(joined).toEqual(sentences.map(() => ['new', 'language-not-known-yet']))
  })
})
