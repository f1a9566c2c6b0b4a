// Spike alerts on a real store: they compare like with like, or keep silent.
import { describe, expect, it } from 'vitest'
import type { Alert } from '../../src/model/alert.ts'
import { dayMs, flash, minuteMs, openFlash, start } from './alert-desk.ts'
import { fetched, item } from './desk.ts'

describe('a spike alert', () => {
  const burst: Alert = { ...flash, id: 'burst', when: 'spike', spike: { hours: 2, factor: 3, minimum: 4 } }
  const reports = ['Barley', 'Maize', 'Rye', 'Oats', 'Millet', 'Sorghum'].map((crop, index) =>
    item(`${index}`, `${crop} harvest ${index * 13 + 7} closes in district ${index}`, {
      url: `https://a.example/${crop}`,
    }),
  )

  it('speaks when a topic has many times what the same hours usually bring', async () => {
    const { ingest, tick, issued } = await openFlash(burst)
    await ingest(1, fetched(start + 1, reports))
    await tick(start + minuteMs)
    const [issue] = issued()
    expect(issue?.edition.alert).toMatchObject({ kind: 'spike', hours: 2, topics: [{ count: 6, usual: 0 }] })
    expect(issue?.bodies.text).toContain('Harvest: 6 articles in 2 hours, usually 0')
    expect(issue?.edition.sections[0]?.stories.length).toBeGreaterThan(0)
  })

  it('is silent when the same hours of earlier weeks were as busy', async () => {
    const { ingest, tick, told } = await openFlash(burst)
    for (const week of [4, 3, 2, 1]) {
      const then = start + minuteMs - week * 7 * dayMs
      await ingest(
        1,
        fetched(
          then,
          reports.map((one) => ({
            ...one,
            guid: `${week}-${one.guid}`,
            url: `${one.url}/${week}`,
            title: `Week ${week * 31}: ${one.title}`,
          })),
        ),
      )
    }
    await ingest(1, fetched(start + 1, reports))
    await tick(start + minuteMs)
    expect(told()).toEqual([])
  })

  it('cannot be faked by a feed that was added yesterday', async () => {
    const { store, ingest, tick, told } = await openFlash(burst)
    store.feeds.sync(
      ['a', 'b', 'c', 'late'].map((id) => ({
        id,
        name: id,
        family: id,
        kind: 'independent',
        grade: 'C',
        feeds: [{ url: `https://${id}.example/feed` }],
      })),
    )
    await ingest(4, fetched(start - dayMs, []))
    await ingest(4, fetched(start + 1, reports))
    await tick(start + minuteMs)
    expect(told()).toEqual([])
  })
})
