// What becomes of entries is decided in a thread while others are written, and nothing else is to be noticed of it.
import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { archiveOf } from '../jobs/archive-of.ts'
import { fetched, item, openDesk, type TestDesk } from '../jobs/desk.ts'
import {
  at,
  boats,
  distinctOutcome,
  feedOf,
  ferryReports,
  ingestAll,
  openApart,
  questionOf,
  report,
  sourceIds,
} from './deciding-desk.ts'

describe('entries that are decided in the thread', () => {
  it('leave the archive that they leave without it, whatever they share with those before them', async () => {
    const shared = fc.uniqueArray(fc.nat(400), { maxLength: 4 })
    const feeds = fc.array(fc.tuple(fc.nat(5), shared), { minLength: 6, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(feeds, async (polls) => {
        const [apart, here] = [await openApart(), openDesk(undefined, { sourceIds })]
        const outcomes = polls.map(([feed, numbers], index) => {
          const own = distinctOutcome(index, 60).feed.items
          return [feed + 1, fetched(1000 + index, [...numbers.map(report), ...own])] as const
        })
        const ingest = (desk: TestDesk) =>
          Promise.all(outcomes.map(([feedId, outcome]) => desk.ingest(feedId, outcome, at)))
        await ingest(apart)
        await ingest(here)
        expect(archiveOf(apart.path)).toEqual(archiveOf(here.path))
        expect(apart.seen.failed).toBe(0)
        apart.echo.settle(at)
        apart.store.close()
        here.store.close()
      }),
      { numRuns: 4 },
    )
  })

  it('are read and decided while those before them are written', async () => {
    const desk = await openApart()
    await ingestAll(
      desk,
      sourceIds.map((_, feed) => distinctOutcome(feed)),
    )
    expect(desk.store.stats(0).articles).toBe(sourceIds.length * 60)
    expect(desk.seen.ahead).toBeGreaterThan(sourceIds.length / 2)
    const here = openDesk(undefined, { sourceIds })
    await ingestAll(
      here,
      sourceIds.map((_, feed) => distinctOutcome(feed)),
    )
    expect(archiveOf(desk.path)).toEqual(archiveOf(here.path))
  })

  it('wait for those before them that have a page in common', async () => {
    const desk = await openApart()
    const outcomes = sourceIds.map((_, feed) => {
      const { feed: own } = distinctOutcome(feed)
      const page = 'https://shared.example/page'
      return fetched(at, [item(`shared${feed}`, `Page told by ${feed}`, { url: page }), ...own.items])
    })
    await ingestAll(desk, outcomes)
    const here = openDesk(undefined, { sourceIds })
    await ingestAll(here, outcomes)
    expect(archiveOf(desk.path)).toEqual(archiveOf(here.path))
  })

  it('wait for those beside them that have a page in common', async () => {
    const [desk, here] = [await openApart(), openDesk(undefined, { sourceIds })]
    const outcomes = sourceIds.map((_, feed) => {
      const url = `https://twice.example/${feed}`
      const twice = [0, 1].map((time) => item(`twice${feed}-${time}`, `Page ${feed} told ${time}`, { url }))
      return fetched(at, [...twice, ...distinctOutcome(feed).feed.items])
    })
    for (const one of [desk, here]) await ingestAll(one, outcomes)
    expect(archiveOf(desk.path)).toEqual(archiveOf(here.path))
    expect(desk.seen.failed).toBe(0)
  })

  it('leave their feed as they leave it without the thread, where it comes again before it was stored', async () => {
    const [desk, here] = [await openApart(), openDesk(undefined, { sourceIds })]
    for (const { ingest } of [desk, here])
      await Promise.all(
        boats(0, 4, 60).map((outcome, number) => ingest(1, { ...outcome, at: at + number }, at + 99)),
      )
    expect(feedOf(desk.path)).toEqual(feedOf(here.path))
  })

  it('are read again by rules that came into force meanwhile', async () => {
    const [desk, here] = [await openApart(), openDesk(undefined, { sourceIds })]
    const outcomes = sourceIds.map((_, feed) => distinctOutcome(feed))
    const storing = outcomes.map((outcome, index) => desk.ingest(1 + index, outcome, at))
    await storing[0]
    desk.swapDesk()
    await Promise.all(storing)
    await ingestAll(here, outcomes)
    expect(archiveOf(desk.path)).toEqual(archiveOf(here.path))
    expect(desk.seen).toMatchObject({ rebuilt: 1, failed: 0 })
  })

  it('are noted an hour later, also while others are decided ahead', async () => {
    const desk = await openApart()
    await ingestAll(desk, boats(0, 4, 60))
    const afterId = desk.store.echo.memory()?.afterId ?? 0
    const hourLater = at + 3_600_000
    await Promise.all(boats(4, 12, 60).map((outcome, index) => desk.ingest(1 + index, outcome, hourLater)))
    expect(desk.store.echo.memory()).toMatchObject({ takenAt: hourLater })
    expect(desk.store.echo.memory()?.afterId).toBeGreaterThan(afterId)
    expect(desk.seen).toMatchObject({ failed: 0, rebuilt: 0 })
  })

  it('are not noted for the next start when some of them were decided and never stored', async () => {
    const before = openDesk(undefined, { sourceIds })
    await ingestAll(before, boats(0, 5, 210))
    before.store.close()
    const { echo, store } = await openApart(before.path)
    echo.announce([questionOf(ferryReports[0])])
    expect(echo.settle(at)).toBe(false)
    expect(store.echo.snapshot()?.afterId ?? 0).toBe(0)
  })

  it('are noted for the next start, and the file is left without its log', async () => {
    const desk = await openApart()
    await ingestAll(
      desk,
      sourceIds.map((_, feed) => distinctOutcome(feed, 90)),
    )
    expect(desk.echo.settle(at)).toBe(true)
    expect(desk.store.echo.snapshot()?.afterId).toBe(sourceIds.length * 90)
    desk.store.close()
    expect(existsSync(`${desk.path}-wal`)).toBe(false)
  })
})
