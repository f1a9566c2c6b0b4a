// The tick: late, lost, slow or failing, it must not lose a digest.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { describe, expect, type TestContext, test } from 'vitest'
import type { Log } from '../../src/app/observe.ts'
import { startTicking } from '../../src/app/tick.ts'
import { openStore } from '../../src/store/index.ts'

const everySecond = '* * * * * *'

/** A log that keeps its messages, and ticks that end with the test. */
function ticking({ onTestFinished }: Pick<TestContext, 'onTestFinished'>) {
  const said: [string, object][] = []
  const say = (fields: object, message: string): void => void said.push([message, fields])
  const log: Log = { debug: say, info: say, warn: say, error: say }
  const start = async (tick: () => Promise<void>): Promise<void> => {
    const ticks = await startTicking(tick, log, everySecond)
    onTestFinished(() => ticks.stop())
  }
  return { said, start }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(20)
}

describe.concurrent('the tick', () => {
  test('comes at once, and also when the thread was blocked over its minute (C25)', async (context) => {
    const { start } = ticking(context)
    const ticks: number[] = []
    await start(async () => void ticks.push(performance.now()))
    expect(ticks).toHaveLength(1)
    await until(() => ticks.length === 2)
    const blockedUntil = performance.now() + 2_500
    while (performance.now() < blockedUntil);
    const before = ticks.length
    await until(() => ticks.length > before)
  })

  test('is not joined by a second while it runs, and the skipped ones are counted (C26)', async (context) => {
    const { said, start } = ticking(context)
    const gate = Promise.withResolvers<void>()
    let running = 0
    let most = 0
    let ticks = 0
    await start(async () => {
      if (ticks++ === 0) return
      most = Math.max(most, ++running)
      await gate.promise
      running--
    })
    await until(() => said.length >= 2)
    gate.resolve()
    await until(() => ticks > 2)
    expect(most).toBe(1)
    expect(said.slice(0, 2)).toEqual([
      ['a tick took longer than its interval', { skipped: 1 }],
      ['a tick took longer than its interval', { skipped: 2 }],
    ])
  })

  test('that finds the database held by another program says so, with what to do', async (context) => {
    const { said, start } = ticking(context)
    const db = new Database(join(mkdtempSync(join(tmpdir(), 'presslark-tick-')), 'p.db'))
    const store = openStore(db.name)
    db.exec('begin immediate')
    let ticks = 0
    await start(async () => {
      ticks++
      store.explaining(() => new Database(db.name, { timeout: 1 }).exec('begin immediate'))
    })
    await until(() => ticks > 1)
    db.close()
    store.close()
    const error = `${db.name} is locked by another program: close it and try again`
    expect(said[0]).toEqual(['tick failed; it is tried again until it works', { error }])
  })

  test('that fails is told once, goes on, and says when it works again (C32)', async (context) => {
    const { said, start } = ticking(context)
    let ticks = 0
    await start(async () => {
      if (++ticks <= 3) throw new Error('Redis is unreachable')
    })
    await until(() => ticks === 4 && said.length === 2)
    expect(said).toEqual([
      ['tick failed; it is tried again until it works', { error: 'Redis is unreachable' }],
      ['ticks work again', { after: 'Redis is unreachable' }],
    ])
  })
})
