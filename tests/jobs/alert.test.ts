// Immediate alerts on a real store: what is told, what is never told, and that nothing is told twice.
import { describe, expect, it } from 'vitest'
import { plan, rehearseAlert } from '../../src/jobs/index.ts'
import { alertStories } from '../../src/pipeline/alert-stories.ts'
import { dayMs, flash, hourMs, minuteMs, openFlash, spring, start, strike } from './alert-desk.ts'
import { fetched, item } from './desk.ts'

describe('an immediate alert', () => {
  it('tells a new story once, with a delivery for each recipient', async () => {
    const { ingest, tick, told, store, issued } = await openFlash()
    await ingest(
      1,
      fetched(start + 1, [item('1', 'Harvest begins in the valley', { summary: spring, text: spring })]),
    )
    await tick(start + minuteMs)
    await tick(start + hourMs)
    expect(told()).toEqual([['Harvest begins in the valley']])
    expect(
      store.deliveries
        .list(10)
        .map(({ recipient }) => recipient)
        .toSorted(),
    ).toEqual(['a@desk.example', 'b@desk.example'])
    expect(issued()[0]?.bodies.text).toContain('Harvest begins in the valley')
    expect(store.deliveries.list(1)[0]?.subject).toBe('Harvest flash: Harvest begins in the valley')
  })

  it('says nothing when nothing matches, and does not even make a job', async () => {
    const { ingest, tick } = await openFlash()
    await ingest(1, fetched(start + 1, [item('1', 'Tram drivers vote on a new timetable')]))
    expect(await tick(start + minuteMs)).toEqual([])
  })

  it('is not raised again by a copy in another outlet', async () => {
    const { ingest, tick, told } = await openFlash()
    await ingest(
      1,
      fetched(start + 1, [item('1', 'Harvest begins in the valley', { summary: spring, text: spring })]),
    )
    await tick(start + minuteMs)
    const url = 'https://b.example/9'
    await ingest(
      2,
      fetched(start + hourMs, [
        item('9', 'Harvest begins in the valley', { url, summary: spring, text: spring }),
      ]),
    )
    await tick(start + 2 * hourMs)
    expect(told()).toHaveLength(1)
  })

  it('waits until enough independent outlets report a story', async () => {
    const { ingest, tick, told } = await openFlash({ ...flash, minimumOutlets: 2 })
    await ingest(
      1,
      fetched(start + 1, [item('1', 'Harvest begins in the valley', { summary: spring, text: spring })]),
    )
    await tick(start + minuteMs)
    expect(told()).toEqual([])
    const url = 'https://b.example/9'
    await ingest(
      2,
      fetched(start + hourMs, [
        item('9', 'Harvest begins in the valley', { url, summary: spring, text: spring }),
      ]),
    )
    await tick(start + 2 * hourMs)
    expect(told()).toEqual([['Harvest begins in the valley']])
  })

  it('gathers what comes during the cooldown into one issue', async () => {
    const { ingest, tick, told } = await openFlash()
    await ingest(
      1,
      fetched(start + 1, [item('1', 'Harvest begins in the valley', { summary: spring, text: spring })]),
    )
    await tick(start + minuteMs)
    await ingest(
      2,
      fetched(start + 2 * minuteMs, [
        item('2', 'Dockers strike over wheat', { url: 'https://b.example/2', summary: strike, text: strike }),
      ]),
    )
    await tick(start + 3 * minuteMs)
    expect(told()).toHaveLength(1)
    await tick(start + 31 * minuteMs)
    expect(told()).toEqual([['Harvest begins in the valley'], ['Dockers strike over wheat']])
  })

  it('holds what comes in quiet hours and tells it when they end', async () => {
    const { ingest, tick, told } = await openFlash({
      ...flash,
      quietHours: { from: '22:00', until: '05:00' },
    })
    const night = Date.parse('2026-11-20T23:00:00Z')
    await ingest(
      1,
      fetched(night, [item('1', 'Harvest begins in the valley', { summary: spring, text: spring })]),
    )
    await tick(night + minuteMs)
    expect(told()).toEqual([])
    await tick(Date.parse('2026-11-21T05:00:00Z'))
    expect(told()).toEqual([['Harvest begins in the valley']])
  })

  it('keeps silent about what a feed held when it was first heard', async () => {
    const { store, ingest, tick, told } = await openFlash()
    const source = (id: string) => ({
      id,
      name: id,
      family: id,
      kind: 'independent' as const,
      grade: 'C' as const,
      feeds: [{ url: `https://${id}.example/feed` }],
    })
    store.feeds.sync(['a', 'b', 'c', 'late'].map(source))
    await ingest(
      4,
      fetched(start + 1, [item('1', 'Harvest begins in the valley', { summary: spring, text: spring })]),
    )
    await tick(start + minuteMs)
    expect(told()).toEqual([])
    await ingest(
      4,
      fetched(start + hourMs, [item('2', 'Dockers strike over wheat', { summary: strike, text: strike })]),
    )
    await tick(start + 2 * hourMs)
    expect(told()).toEqual([['Dockers strike over wheat']])
  })

  it('does not take for news what was published long before', async () => {
    const { ingest, tick, told } = await openFlash()
    const publishedAt = start - 3 * dayMs
    await ingest(
      1,
      fetched(start + 1, [
        item('1', 'Harvest begins in the valley', { summary: spring, text: spring, publishedAt }),
      ]),
    )
    await tick(start + minuteMs)
    expect(told()).toEqual([])
  })

  it('tells a repeated job nothing new: one issue, one delivery a recipient', async () => {
    const { ingest, tick, handle, told, store } = await openFlash()
    await ingest(
      1,
      fetched(start + 1, [item('1', 'Harvest begins in the valley', { summary: spring, text: spring })]),
    )
    const [job] = await tick(start + minuteMs)
    if (job) await handle(job)
    expect(told()).toHaveLength(1)
    expect(store.deliveries.list(10)).toHaveLength(2)
  })

  it('ignores what was in the archive before it was written', async () => {
    const { store, ingest, desk } = await openFlash()
    await ingest(
      1,
      fetched(start + 1, [item('1', 'Harvest begins in the valley', { summary: spring, text: spring })]),
    )
    const later = { ...flash, id: 'later' }
    store.alerts.register('later', start + hourMs)
    const jobs = plan(store, { ...desk, alerts: [later] }, start + 2 * hourMs)
    expect(jobs.filter(({ name }) => name === 'digest')).toEqual([])
  })
})

describe('a rehearsal', () => {
  it('says what a service would have said, and stores nothing', async () => {
    const { store, desk, ingest, issued } = await openFlash()
    await ingest(
      1,
      fetched(start + minuteMs, [
        item('1', 'Harvest begins in the valley', { summary: spring, text: spring }),
      ]),
    )
    await ingest(
      2,
      fetched(start + 5 * hourMs, [
        item('2', 'Dockers strike over wheat', { url: 'https://b.example/2', summary: strike, text: strike }),
      ]),
    )
    const played = rehearseAlert({ store, desk, alert: flash }, start, start + dayMs)
    expect(played.map(({ at }) => (at - start) / minuteMs)).toEqual([15, 300])
    expect(played.map(({ edition }) => alertStories(edition).map(({ lead }) => lead.title))).toEqual([
      ['Harvest begins in the valley'],
      ['Dockers strike over wheat'],
    ])
    expect(issued()).toEqual([])
    expect(store.alerts.position('flash')?.lastAlertAt).toBeUndefined()
  })
})
