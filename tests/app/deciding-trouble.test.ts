// What goes wrong, or changes, while entries are decided in a thread: they are decided again, or here, and none is lost.
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createDecidingEcho } from '../../src/app/deciding-thread.ts'
import { splitStory } from '../../src/jobs/index.ts'
import { archiveOf } from '../jobs/archive-of.ts'
import { fetched, openDesk } from '../jobs/desk.ts'
import {
  at,
  boats,
  distinctOutcome,
  ferryReports,
  ingestAll,
  openApart,
  questionOf,
  report,
  reportOf,
  sourceIds,
  storiesOf,
} from './deciding-desk.ts'

describe('entries that are decided in the thread, when something comes between,', () => {
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
})
