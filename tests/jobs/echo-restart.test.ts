import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEcho, mergeStories } from '../../src/jobs/index.ts'
import { fetched, item, openDesk } from './desk.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const start = Date.UTC(2026, 10, 20, 8)

const events = [
  [
    'Parliament passes budget',
    'Lawmakers in Port Selim approved a budget of 150 trillion dinars after months of dispute',
  ],
  [
    'Floods cut mountain road',
    'Heavy rain washed away a bridge near Amediye and left forty villages without supplies',
  ],
  [
    'حريق في قاعة أعراس بالحمدانية',
    'اندلع حريق كبير في قاعة للأعراس في قضاء الحمدانية بمحافظة نينوى مساء الثلاثاء',
  ],
  [
    'Wheat harvest begins early',
    'Farmers in the valley brought in the first wheat of the season after a wet spring',
  ],
] as const
const details = [
  'officials said',
  'witnesses said on Monday',
  'killing 12',
  'the mayor told reporters',
  'قال مسؤولون',
  'again',
]

const someReport = fc.record({
  event: fc.nat(events.length - 1),
  feed: fc.integer({ min: 1, max: 3 }),
  before: fc.constantFrom(...details),
  after: fc.array(fc.constantFrom(...details), { maxLength: 4 }),
  hours: fc.integer({ min: 0, max: 30 }),
  yearsBack: fc.constantFrom(0, 0, 0, 2), // dated before it came: feeds list what is old
  isEdited: fc.boolean(),
  isLive: fc.boolean(),
})
type SomeReport = typeof someReport extends fc.Arbitrary<infer T> ? T : never

function itemOf(
  { event, before, after, yearsBack, isEdited, isLive }: SomeReport,
  number: number,
  seenAt: number,
) {
  const [headline, text] = events[event] ?? events[0]
  const summary = [before, text, ...after].join(', ')
  const guid = String(isEdited ? Math.floor(number / 2) : number)
  const at = seenAt - yearsBack * 365 * dayMs
  const url = `https://outlet.example/${isLive && event === 0 ? 'live' : 'news'}/${guid}`
  return item(guid, `${headline} ${after[0] ?? ''}`.trim(), { summary, text: summary, url, publishedAt: at })
}

const spoils = {
  nothing: '',
  'no snapshot': 'delete from echo_snapshot',
  'a damaged snapshot': 'update echo_snapshot_row set bytes = zeroblob(length(bytes))',
  'a snapshot without its end':
    'delete from echo_snapshot_row where number = (select max(number) from echo_snapshot_row)',
  'another version': 'update echo_snapshot set version = version + 1',
  'an older one': 'update echo_snapshot set after_id = after_id - 1',
}

/**
 * Ingests one report after the other; before those of `restarts` the desk is opened again on the same file, with its snapshot
 * spoilt by `spoil`.
 */
async function archiveOf(reports: readonly SomeReport[], restarts: ReadonlySet<number>, spoil = '') {
  const path = join(mkdtempSync(join(tmpdir(), 'presslark-restart-')), 'p.db')
  let desk = openDesk(path)
  let at = start
  for (const [number, report] of reports.entries()) {
    at += report.hours * hourMs
    if (restarts.has(number)) {
      desk.store.close()
      const between = new Database(path)
      between.exec(spoil)
      between.close()
      desk = openDesk(path)
    }
    await desk.ingest(report.feed, fetched(at, [itemOf(report, number, at)]))
  }
  const db = new Database(path, { readonly: true })
  const rows = db.prepare('select id, story_id, story_because from article order by id').all()
  const sightings = db.prepare('select article_id, feed_id, because from sighting order by id').all()
  db.close()
  desk.store.close()
  return { rows, sightings }
}

describe('a desk that is started again', () => {
  it('decides at any point as if it had run on', async () => {
    const someReports = fc.array(someReport, { minLength: 4, maxLength: 14 })
    await fc.assert(
      fc.asyncProperty(
        someReports,
        fc.uniqueArray(fc.nat(13), { minLength: 1 }),
        fc.constantFrom(...Object.values(spoils)),
        async (reports, restarts, spoil) => {
          const running = await archiveOf(reports, new Set())
          expect(await archiveOf(reports, new Set(restarts), spoil)).toEqual(running)
        },
      ),
      { numRuns: 6 },
    )
  })

  it.each([true, false])(
    'finds a copy of what is dated years back, started again: %s',
    async (isRestarted) => {
      const path = join(mkdtempSync(join(tmpdir(), 'presslark-restart-')), 'p.db')
      let desk = openDesk(path)
      const [headline, text] = events[3]
      const old = (guid: string) => ({
        ...item(guid, headline, { summary: text, text, url: `https://${guid}.example/` }),
        publishedAt: start - 900 * dayMs,
      })
      await desk.ingest(1, fetched(start, [old('a')]))
      if (isRestarted) {
        desk.store.close()
        desk = openDesk(path)
      }
      expect(await desk.ingest(2, fetched(start + 2 * hourMs, [old('b')]))).toMatchObject({
        counts: { duplicates: 1 },
      })
      expect(await desk.ingest(3, fetched(start + 4 * dayMs, [old('c')]))).toMatchObject({
        counts: { new: 1 },
      })
      desk.store.close()
    },
  )

  it('knows a copy of a copy, which no article holds', async () => {
    const desk = openDesk()
    const [headline, text] = events[1]
    const send = (feed: number, guid: string, title: string, summary: string, hours: number) =>
      desk.ingest(
        feed,
        fetched(start + hours * hourMs, [
          item(guid, title, { summary, text: summary, url: `https://${guid}.example/` }),
        ]),
      )
    await send(1, 'a', headline, text, 0)
    const told = `Rescue teams used tractors. ${text}. Forty villages wait`
    expect(await send(2, 'b', 'Villages near Amediye wait for supplies', told, 1)).toMatchObject({
      counts: { duplicates: 1 },
    })
    const again = createEcho(desk.store, () => desk.desk)
    again.rebuild(start + 2 * hourMs)
    const copy = {
      articleId: 0,
      sourceId: 'c',
      family: 'c',
      title: 'Villages near Amediye wait for supplies',
    }
    expect(again.duplicates().nearest({ ...copy, text: told, at: start + 2 * hourMs })).toMatchObject({
      articleId: 1,
      sourceId: 'b',
    })
  })

  it('remembers what it learned from reports that it has forgotten, and a headline used again and again for 30 days', async () => {
    const desk = openDesk()
    const title = 'Selim exchange prices at noon'
    for (let day = 0; day < 3; day++) {
      const summary = `The dollar sold at ${131_500 + day * 80} dinars`
      const prices = item(`p${day}`, title, { summary, text: summary, url: `https://a.example/${day}` })
      await desk.ingest(
        1,
        fetched(start + 8 * day * dayMs, [{ ...prices, publishedAt: start + 8 * day * dayMs }]),
      )
    }
    const late = start + 24 * dayMs
    await desk.ingest(2, fetched(late, [item('x', 'Something else', { publishedAt: late })]))
    expect([...desk.store.echo.reports()].length).toBeLessThan(4)
    const again = createEcho(desk.store, () => desk.desk)
    again.rebuild(late)
    const noon = { articleId: 0, sourceId: 'a', family: 'a', title, text: '', at: late }
    again.duplicates().add({ ...noon, articleId: 99 })
    expect(again.duplicates().nearest({ ...noon, articleId: 100 })).toBeUndefined() // a headline of every week is no evidence
  })

  it('analyses once what an earlier program stored', async () => {
    const desk = openDesk()
    const [headline, text] = events[0]
    await desk.ingest(1, fetched(start, [item('1', headline, { summary: text, text })]))
    const db = new Database(desk.path)
    onTestFinished(() => void db.close())
    db.exec('delete from echo; delete from echo_memory')
    const again = createEcho(desk.store, () => desk.desk)
    again.rebuild(start + hourMs)
    expect([...desk.store.echo.reports()]).toMatchObject([{ articleId: 1, storyId: 1, sourceId: 'a' }])
    const copy = { articleId: 0, sourceId: 'b', family: 'b', title: headline, text, at: start + hourMs }
    expect(again.duplicates().nearest(copy)).toMatchObject({ articleId: 1 })
  })

  it('knows what another process stored meanwhile', async () => {
    const first = openDesk()
    const send = (desk: typeof first, event: number, minutes: number) => {
      const [headline, text] = events[event] ?? events[0]
      const at = start + minutes * 60_000
      return desk.ingest(
        1,
        fetched(at, [item(`g${event}`, headline, { summary: text, text, publishedAt: at })]),
      )
    }
    await send(first, 0, 0)
    await send(openDesk(first.path), 1, 1)
    await send(first, 2, 2)
    await send(first, 3, 130) // notes what the first process knows
    const again = createEcho(first.store, () => first.desk)
    again.rebuild(start + 3 * hourMs)
    expect(again.duplicates().size).toBe(4)
  })

  it.each([true, false])('knows of a change of stories by hand, made: %s', async (isMade) => {
    const desk = openDesk()
    for (const [index, [headline, text]] of events.slice(0, 3).entries())
      await desk.ingest(
        1,
        fetched(start + index * 2 * hourMs, [item(String(index), headline, { summary: text, text })]),
      )
    expect(desk.store.echo.snapshot()).toBeDefined()
    const signed = { store: desk.store, now: start, who: 'anna', reason: 'one event' }
    if (isMade) expect(mergeStories(signed, [1, 2])).toMatchObject({ ok: true })
    const again = createEcho(desk.store, () => desk.desk)
    again.rebuild(start + 5 * hourMs)
    expect(again.stories().size).toBe(isMade ? 2 : 3)
  })

  it('finds an article in the story that a person moved it to', async () => {
    const desk = openDesk()
    for (const [index, [headline, text]] of events.slice(0, 2).entries())
      await desk.ingest(1, fetched(start + index, [item(String(index), headline, { summary: text, text })]))
    const db = new Database(desk.path)
    onTestFinished(() => void db.close())
    db.exec('update article set story_id = 1 where id = 2')
    expect([...desk.store.echo.reports()].map(({ storyId }) => storyId)).toEqual([1, 1])
  })
})
