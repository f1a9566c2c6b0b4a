// What a reader hears of changes and withdrawals, from the feed to the Corrections of the edition.
import { describe, expect, it } from 'vitest'
import { previewEdition } from '../../src/jobs/index.ts'
import type { EditionLanguage } from '../../src/model/digest.ts'
import type { Item } from '../../src/model/item.ts'
import { fetched, item, openDesk } from './desk.ts'
import { digest } from './morning-digest.ts'

const hourMs = 3_600_000
const start = Date.parse('2026-11-20T00:00:00Z')
const at = (hour: number) => start + hour * hourMs

const harvest = (title: string, tonnes: string): Item => {
  const summary = `The cooperative of Karvan brought in ${tonnes} tonnes of wheat from 14 villages, its chairman said in the market hall on Tuesday.`
  return item('harvest', title, { summary, text: summary, publishedAt: at(1) })
}
const others = [
  item('bridge', 'Bridge at Karvan opens to lorries', { publishedAt: at(2) }),
  item('mayor', 'Mayor of Velmar resigns', { publishedAt: at(0) }),
] as const
const listed = (...harvests: readonly Item[]) => [others[0], ...harvests, others[1]]

/** The edition at hour 24, after polls of one feed from hour 3 on, an hour apart. */
async function editionAfter(polls: readonly (readonly Item[])[], language: EditionLanguage = 'en') {
  const { store, desk, ingest } = openDesk()
  for (const [index, items] of polls.entries()) await ingest(1, fetched(at(3 + index), items))
  const deps = { store, desk: () => desk, now: () => at(24), mailDomain: 'desk.example' }
  return previewEdition(deps, { ...digest, language }, at(24))
}

describe('the corrections of an edition', () => {
  it('tell a changed figure under a headline that stayed, as it was written before and after', async () => {
    const polls = ['120', '1,210'].map((tonnes) => listed(harvest('Harvest ends in Karvan', tonnes)))
    const { edition, bodies } = await editionAfter(polls)
    expect(edition.corrections).toMatchObject([
      { oldTitle: 'Harvest ends in Karvan', figures: { old: ['120'], new: ['1,210'] }, seenAt: at(4) },
    ])
    expect(bodies.text.replace(/\s+/g, ' ')).toContain('– figures corrected: 120 → 1,210')
  })

  it('tell a changed headline, whatever its figures', async () => {
    const polls = [harvest('Harvest fails', '120'), harvest('Harvest ends well', '1,210')].map((one) =>
      listed(one),
    )
    expect((await editionAfter(polls)).edition.corrections).toMatchObject([
      { oldTitle: 'Harvest fails', newTitle: 'Harvest ends well' },
    ])
  })

  it('tell nothing of figures that were taken back, and of a text that only grew', async () => {
    const [right, wrong] = [harvest('Harvest ends', '120'), harvest('Harvest ends', '1,210')]
    expect(
      (await editionAfter([[right], [wrong], [right]].map((items) => listed(...items)))).edition.corrections,
    ).toEqual([])
    const grown = { ...right, summary: `${right.summary} Of these 80 tonnes were barley.` }
    expect((await editionAfter([listed(right), listed(grown)])).edition.corrections).toEqual([])
  })

  it.each([
    ['en', 'gone from the feed while older and newer entries stay; probably withdrawn'],
    ['ar', 'سُحب على الأرجح'],
    ['fa', 'احتمالاً پس گرفته شده'],
  ] as const)(
    'tell in %s of an entry that was taken out, and say that this is inferred',
    async (language, words) => {
      const { edition, bodies } = await editionAfter(
        [listed(harvest('Harvest ends', '120')), listed()],
        language,
      )
      expect(edition.withdrawals).toMatchObject([{ articleId: 2, title: 'Harvest ends', seenAt: at(4) }])
      for (const body of [bodies.md, bodies.html, bodies.text])
        expect(body.replace(/\s+/g, ' ')).toContain(words)
      expect(JSON.parse(bodies.json)).toMatchObject({
        withdrawals: [
          {
            articleId: 2,
            title: 'Harvest ends',
            url: 'https://a.example/harvest',
            seenAt: '2026-11-20T04:00:00.000Z',
          },
        ],
      })
    },
  )

  it('tell nothing of an entry that came back', async () => {
    const whole = listed(harvest('Harvest ends', '120'))
    const { edition, bodies } = await editionAfter([whole, listed(), whole])
    expect(edition).not.toHaveProperty('withdrawals')
    expect(bodies.text).not.toContain('withdrawn')
  })
})
