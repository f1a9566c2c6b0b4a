// Stories changed by hand between two editions: what was told is not told again, and what was not told is not lost.
import { describe, expect, it } from 'vitest'
import { issueEdition, mergeStories, pinArticles, splitStory } from '../../src/jobs/index.ts'
import type { Digest } from '../../src/model/digest.ts'
import { fetched, item, openDesk } from './desk.ts'
import { digest } from './morning-digest.ts'

const hourMs = 3_600_000
const start = Date.parse('2026-11-20T00:00:00Z')
const barley = item('barley', 'Harvest of barley fails in Ordun', { url: 'https://a.example/barley' })
const wheat = item('wheat', 'Wheat prices double at Velmar docks', { url: 'https://b.example/wheat' })
const fire = item('fire', 'Harvest festival fire in Palisat hall', { url: 'https://c.example/fire' })

function openMorning(more: Partial<Digest> = {}) {
  const { store, desk, ingest } = openDesk()
  const order = { ...digest, ...more }
  const deps = { store, desk: () => desk, now: () => start, mailDomain: 'desk.example' }
  return {
    ingest,
    by: { store, now: start, who: 'anna', reason: '' },
    /** What the edition of this day tells as new, and as developing. */
    told: (day: number) => {
      const { sections, developing } = issueEdition(deps, order, start + (day * 24 + 7) * hourMs).edition
      const titles = (stories: readonly { readonly lead: { readonly title: string } }[]) =>
        stories.map(({ lead }) => lead.title)
      return { fresh: titles(sections.flatMap(({ stories }) => stories)), developing: titles(developing) }
    },
    deliveries: () => store.deliveries.list(10).length,
  }
}

describe('a story that took in one that was told', () => {
  it('is developing with the next outlet, not new', async () => {
    const { ingest, by, told } = openMorning()
    await ingest(1, fetched(start + hourMs, [barley]))
    expect(told(0).fresh).toEqual([barley.title])
    await ingest(2, fetched(start + 8 * hourMs, [wheat]))
    expect(mergeStories(by, [2, 1])).toMatchObject({ ok: true, storyIds: [2] })
    expect(told(1)).toEqual({ fresh: [], developing: [barley.title] })
  })
})

describe('an edition of one page that is not sent when it is empty', () => {
  it('is sent for a top story with news, although it lists nothing as new or developing', async () => {
    const onePage: Partial<Digest> = { detail: 'executive', whenEmpty: 'skip' }
    const morning = openMorning({ ...onePage, channels: [{ kind: 'stdout', format: 'md' }] })
    const { ingest, by, told, deliveries } = morning
    await ingest(1, fetched(start + hourMs, [barley]))
    told(0)
    expect(deliveries()).toBe(1)
    await ingest(2, fetched(start + 8 * hourMs, [wheat]))
    mergeStories(by, [2, 1])
    expect(told(1)).toEqual({ fresh: [], developing: [] })
    expect(deliveries()).toBe(2)
    told(2)
    expect(deliveries()).toBe(2)
  })
})

describe('an article that no edition covered yet', () => {
  it('is new in the story it was split off to, although its old story was told', async () => {
    const { ingest, by, told } = openMorning()
    await ingest(1, fetched(start + hourMs, [barley]))
    expect(told(0).fresh).toEqual([barley.title])
    await ingest(1, fetched(start + 8 * hourMs, [fire]))
    pinArticles(by, [2], 1)
    expect(splitStory(by, [2])).toMatchObject({ ok: true })
    expect(told(1)).toEqual({ fresh: [fire.title], developing: [] })
  })
})
