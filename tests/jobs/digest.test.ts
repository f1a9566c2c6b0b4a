import { describe, expect, it } from 'vitest'
import { createDigestHandler, issueEdition, previewEdition } from '../../src/jobs/index.ts'
import type { Digest } from '../../src/model/digest.ts'
import { fetched, item, openDesk } from './desk.ts'

const hourMs = 3_600_000
const start = Date.parse('2026-11-20T00:00:00Z')
const wheat =
  'Farmers in the valley brought in the first wheat of the season after a wet spring that had kept the combines in their sheds until Tuesday'
const digest: Digest = {
  id: 'morning',
  name: 'Morning',
  watchlist: 'all',
  schedule: '0 7 * * *',
  timeZone: 'UTC',
  language: 'en',
  channels: [{ kind: 'file', path: 'x.md', format: 'md' }],
  storiesPerSection: 12,
  whenEmpty: 'send',
}

function openMorning() {
  const desk = openDesk()
  desk.store.editions.register(digest.id, start)
  const deps = { store: desk.store, desk: () => desk.desk, now: () => start, mailDomain: 'desk.example' }
  return {
    ...desk,
    issue: (at: number) => issueEdition(deps, digest, at),
    run: (at: number) =>
      createDigestHandler({ ...deps, desk: () => ({ ...desk.desk, digests: [digest] }) })({
        name: 'digest',
        id: `digest-morning-${at}`,
        digestId: 'morning',
        until: new Date(at).toISOString(),
      }),
    preview: (at: number) => previewEdition(deps, digest, at),
  }
}

const report = item('1', 'Harvest begins early in the valley', { summary: wheat, text: wheat })
const copy = item('9', 'Harvest begins early in the valley', {
  url: 'https://b.example/9',
  summary: wheat,
  text: wheat,
})

describe('editions of a digest', () => {
  it('tell each article once, and tell of a copy in the next window as a story that develops', async () => {
    const { ingest, issue } = openMorning()
    await ingest(1, fetched(start + hourMs, [report]))
    const first = issue(start + 7 * hourMs).edition
    expect(first.sections.flatMap((section) => section.stories)).toHaveLength(1)
    await ingest(2, fetched(start + 8 * hourMs, [copy]))
    const second = issue(start + 31 * hourMs).edition
    expect(second.sections.flatMap((section) => section.stories)).toHaveLength(0)
    expect(second.developing).toMatchObject([{ outlets: 2, independent: 2 }])
    expect(issue(start + 55 * hourMs).edition.developing).toEqual([])
  })

  it('are not made for a window that a newer one covers, when a job comes back late after a crash (C03)', async () => {
    const { ingest, run, store } = openMorning()
    await ingest(1, fetched(start + hourMs, [report]))
    const [today, tomorrow] = [start + 7 * hourMs, start + 31 * hourMs]
    expect(await run(tomorrow)).toMatchObject([{ name: 'deliver' }])
    await run(today)
    expect(store.editions.list('morning', 9).map(({ window }) => window.until)).toEqual([tomorrow])
    expect(await run(tomorrow)).toMatchObject([{ name: 'deliver' }]) // after a crash: goes on with its deliveries
  })

  it('are frozen: the same bytes after further articles and revisions (C05)', async () => {
    const { ingest, issue, store } = openMorning()
    await ingest(1, fetched(start + hourMs, [report]))
    const issued = issue(start + 7 * hourMs)
    const more = Array.from({ length: 200 }, (_, number) =>
      item(`m${number}`, `Harvest report ${number} of ${number * 7} farms`),
    )
    await ingest(
      1,
      fetched(start + 6 * hourMs, [...more, { ...report, title: 'Harvest begins late in the valley' }]),
    )
    const again = issue(start + 7 * hourMs)
    expect(again.bodies).toEqual(issued.bodies)
    expect(store.editions.list('morning', 10)).toHaveLength(1)
  })

  it('miss nothing that was stored while the last one was made, whatever time it carries (C06)', async () => {
    const { ingest, issue } = openMorning()
    await ingest(1, fetched(start + hourMs, [item('1', 'Harvest one')]))
    issue(start + 7 * hourMs)
    await ingest(
      1,
      fetched(start + 7 * hourMs - 1, [
        item('2', 'Combines wait for wheat in Basra after the harvest exchange closed'),
        item('1', 'Harvest one'),
      ]),
    )
    const told = issue(start + 31 * hourMs).edition.sections.flatMap((section) =>
      section.stories.map((story) => story.lead.title),
    )
    expect(told).toEqual(['Combines wait for wheat in Basra after the harvest exchange closed'])
  })

  it('tell of a corrected headline with both wordings', async () => {
    const { ingest, issue } = openMorning()
    await ingest(1, fetched(start + hourMs, [item('1', 'Harvest: 120 tonnes')]))
    issue(start + 7 * hourMs)
    await ingest(1, fetched(start + 8 * hourMs, [item('1', 'Harvest: 210 tonnes')]))
    expect(issue(start + 31 * hourMs).edition.corrections).toMatchObject([
      { oldTitle: 'Harvest: 120 tonnes', newTitle: 'Harvest: 210 tonnes' },
    ])
  })

  it('leave nothing behind when they are only previewed', async () => {
    const { ingest, preview, store } = openMorning()
    await ingest(1, fetched(start + hourMs, [report]))
    preview(start + 7 * hourMs)
    expect(store.editions.list('morning', 10)).toEqual([])
    expect(store.deliveries.list(10)).toEqual([])
    expect(preview(start + 7 * hourMs).edition.sections.flatMap((section) => section.stories)).toHaveLength(1)
  })
})
