// What becomes of entries is decided in a thread while others are written, and nothing else is to be noticed of it.
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createDecidingEcho } from '../../src/app/deciding-thread.ts'
import { type Echo, splitStory } from '../../src/jobs/index.ts'
import type { Item } from '../../src/model/item.ts'
import type { Fetched } from '../../src/model/outcome.ts'
import type { Question } from '../../src/pipeline/judge.ts'
import { archiveOf } from '../jobs/archive-of.ts'
import { fetched, item, openDesk, type TestDesk } from '../jobs/desk.ts'

const sourceIds = Array.from({ length: 12 }, (_, number) => `source${number}`)
const at = 50_000

/** How often questions were announced, answered ahead, asked when their turn had come, or not answered; how often all of it was void. */
type Seen = { announced: number; ahead: number; asked: number; failed: number; rebuilt: number }

function watched(echo: Echo, seen: Seen): Echo {
  return {
    ...echo,
    announce: (questions) => {
      seen.announced++
      echo.announce(questions)
    },
    judge: (questions) => {
      if (echo.isAnnounced(questions)) seen.ahead++
      else seen.asked++
      seen.failed++
      const verdicts = echo.judge(questions)
      seen.failed--
      return verdicts
    },
    rebuild: (now) => {
      seen.rebuilt++
      echo.rebuild(now)
    },
  }
}

/** A desk whose thread has begun to decide. */
async function openApart(path?: string): Promise<TestDesk & { readonly seen: Seen }> {
  const seen = { announced: 0, ahead: 0, asked: 0, failed: 0, rebuilt: 0 }
  const desk = openDesk(path, {
    sourceIds,
    echoOf: (room) => watched(createDecidingEcho({ ...room, isWanted: () => true }), seen),
  })
  onTestFinished(() => void desk.echo.settle(at))
  while (!desk.echo.looksAhead()) await wait(5)
  return { ...desk, seen }
}

const texts = [
  'Farmers in the valley brought in the first wheat of the season after a wet spring kept their combines in the sheds',
  'The ferry to the island stays in harbour until engineers have looked at a crack that divers found below the water line',
  'A museum lends its oldest map to a school whose pupils measured the coast again with strings and a borrowed boat',
  'Bakers of the old town agreed on a price for the round loaf and will keep their ovens warm through the night',
] as const

/** A report by its number: some of one text, some at one page, some under the guid of another. */
function report(number: number): Item {
  const text = `${texts[number % texts.length]} ${number % 9 === 0 ? 'as before' : `on day ${number}`}`
  const more = { summary: text, text, url: `https://a.example/page-${number % 37}` }
  return item(`guid-${number % 41}`, `Report ${number % 23} from the harvest`, more)
}

/** All at once; each by a feed of its own, so that many transactions wait. */
function ingestAll(desk: TestDesk, outcomes: readonly Fetched[]) {
  return Promise.allSettled(
    outcomes.map((outcome, index) => desk.ingest(1 + (index % sourceIds.length), outcome, at)),
  )
}

function distinctOutcome(feed: number, entries = 60): Fetched {
  return fetched(
    at,
    Array.from({ length: entries }, (_, index) =>
      item(`f${feed}-${index}`, `Outlet ${feed} counts ${index} boats`, {
        url: `https://f${feed}.example/${index}`,
        summary: `Village ${feed * 100 + index} repaired bridge ${index} before the rain of week ${feed}`,
      }),
    ),
  )
}

/** Of one event, each in words of its own. */
const ferryReports = [
  [
    'Ferry Selma stays in Norholm harbour after divers find a crack',
    'The ferry Selma stays in Norholm harbour until engineers have looked at a crack that divers found below the water line',
  ],
  [
    'Divers find a crack below the water line of the ferry Selma',
    'Passengers of the Selma wait in Norholm while engineers look at the crack; the ferry stays in harbour until Friday',
  ],
  [
    'Ferry Selma waits in Norholm harbour: divers find a crack',
    'The Selma waits in Norholm harbour after divers found a crack below the water line; engineers look at the ferry until Friday',
  ],
] as const

type Told = (typeof ferryReports)[number]

const reportOf = ([title, summary]: Told): Fetched =>
  fetched(at, [item(title, title, { summary, text: summary, url: `https://ferry.example/${title.length}` })])

const questionOf = ([title, text]: Told): Question => ({
  document: { articleId: 0, sourceId: 'source2', family: 'source2', title, text, at, seenAt: at },
  compared: text,
  known: {},
  isLate: false,
})

const boats = (from: number, to: number, entries: number): readonly Fetched[] =>
  Array.from({ length: to - from }, (_, index) => distinctOutcome(from + index, entries))

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

  it('are decided again when a transaction before them failed', async () => {
    const [apart, here] = [await openApart(), openDesk(undefined, { sourceIds })]
    for (const { path } of [apart, here])
      new Database(path).exec(
        "create trigger refuse before insert on sighting when new.item_key like '%f4-30%' begin select raise(abort, 'not this one'); end",
      )
    const outcomes = sourceIds.map((_, feed) => distinctOutcome(feed))
    const endings = await ingestAll(apart, outcomes)
    await ingestAll(here, outcomes)
    expect(endings.filter(({ status }) => status === 'rejected')).toHaveLength(1)
    expect(apart.seen.announced).toBeGreaterThan(apart.seen.ahead)
    expect(apart.seen.rebuilt).toBe(2) // with others, and alone
    expect(archiveOf(apart.path)).toEqual(archiveOf(here.path))
  })

  it('may fail ahead of their turn: it is told when they are asked for, however often, and nobody waits for what came', async () => {
    const before = openDesk(undefined, { sourceIds })
    const [first, second, third] = ferryReports
    await ingestAll(before, [reportOf(first), reportOf(second), ...boats(12, 17, 210)])
    expect(storiesOf(before.path).filter(({ story_id }) => story_id === 1)).toHaveLength(2)
    before.echo.rebuild(at)
    expect(before.echo.settle(at)).toBe(true)
    before.store.close()
    const { echo, path } = await openApart(before.path)
    const db = new Database(path)
    db.exec('alter table echo rename column report to elsewhere') // the story is read when somebody asks for it
    const questions = [questionOf(third)]
    echo.announce(questions)
    echo.forget(at)
    expect(() => echo.judge(questions)).toThrow('no such column: report')
    db.exec('alter table echo rename column elsewhere to report')
    echo.rebuild(at)
    expect(echo.judge(questions)).toHaveLength(1)
  })

  it('are decided again when a person changed a story meanwhile', async () => {
    const desk = await openApart()
    const outcomes = sourceIds.map((_, feed) => distinctOutcome(feed))
    await desk.ingest(1, fetched(at, [report(1), report(5), report(9)]), at)
    const [{ story_id: storyId } = { story_id: 0 }, ...others] = storiesOf(desk.path)
    expect(others.every(({ story_id }) => story_id === storyId)).toBe(true)
    const storing = ingestAll(desk, outcomes)
    const change = splitStory({ store: desk.store, now: at, who: 'Mina', reason: '' }, [1])
    await storing
    expect(change.ok).toBe(true)
    expect(desk.seen.rebuilt).toBe(0) // what comes behind does not fail for it
    expect(desk.store.stats(0).articles).toBe(sourceIds.length * 60 + 3)
    expect(new Set(storiesOf(desk.path).map(({ id }) => id)).size).toBe(sourceIds.length * 60 + 3)
  })

  it('are decided here when the thread is gone', async () => {
    const desk = await openApart()
    const outcomes = sourceIds.map((_, feed) => distinctOutcome(feed))
    await ingestAll(desk, outcomes.slice(0, 6))
    desk.echo.settle(at)
    expect(desk.echo.looksAhead()).toBe(false)
    await Promise.all(outcomes.slice(6).map((outcome, index) => desk.ingest(7 + index, outcome, at)))
    const here = openDesk(undefined, { sourceIds })
    await ingestAll(here, outcomes.slice(0, 6))
    here.echo.settle(at)
    await Promise.all(outcomes.slice(6).map((outcome, index) => here.ingest(7 + index, outcome, at)))
    expect(archiveOf(desk.path)).toEqual(archiveOf(here.path))
  })

  it('are decided here when the thread cannot begin, and the trouble is named', async () => {
    const warnings: string[] = []
    const hear = ({ message }: Error): void => void warnings.push(message)
    process.on('warning', hear)
    onTestFinished(() => void process.off('warning', hear))
    const desk = openDesk(undefined, {
      sourceIds,
      echoOf: (room) =>
        createDecidingEcho({ ...room, databasePath: dirname(room.databasePath), isWanted: () => true }),
    })
    expect(desk.echo.looksAhead()).toBe(false)
    while (warnings.length === 0) await wait(5)
    await ingestAll(desk, [distinctOutcome(0), distinctOutcome(1)])
    expect(desk.store.stats(0).articles).toBe(120)
    expect(desk.echo.looksAhead()).toBe(false)
    expect(warnings).toEqual([
      expect.stringMatching(/^the deciding thread ended: .*presslark-jobs-\S+ cannot be/),
    ])
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

function storiesOf(path: string): readonly { readonly id: number; readonly story_id: number }[] {
  const db = new Database(path, { readonly: true })
  onTestFinished(() => void db.close())
  return db.prepare('select id, story_id from article order by id').all() as {
    id: number
    story_id: number
  }[]
}

function feedOf(path: string): unknown {
  const db = new Database(path, { readonly: true })
  onTestFinished(() => void db.close())
  return db.prepare('select * from feed where id = 1').get()
}
