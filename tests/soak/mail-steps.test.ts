// A process that is killed, or asked to stop, at each step of sending a mail.
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, type TestContext, test } from 'vitest'
import { type KillDesk, openKillDesk } from './kill-desk.ts'
import { type MailStep, messageIdOf } from './mail-sink.ts'
import { complaints } from './verdict.ts'

const limitMs = 240_000 // most of it is programs starting, which takes long on a busy machine

async function openDesk({ onTestFinished }: Pick<TestContext, 'onTestFinished'>): Promise<KillDesk> {
  const desk = await openKillDesk(['run'], 2)
  onTestFinished(() => desk.close())
  await startLater(desk) // a digest is due from its first slot after the first start
  await desk.stop('run')
  await startLater(desk)
  await quiet(desk)
  await desk.stop('run')
  return desk
}

/** Starts the program at a time when everything is due again. */
async function startLater(desk: KillDesk): Promise<void> {
  desk.advance(11)
  await desk.start('run')
}

async function quiet(desk: KillDesk): Promise<void> {
  for (; !desk.isQuiet(); await pause(25)) desk.mustRun()
}

/** Resolves when a mail has come to this step and `act`, which is called in that very moment, has ended. */
async function atStep(desk: KillDesk, step: MailStep, act: () => Promise<void>): Promise<void> {
  const acted = Promise.withResolvers<void>()
  desk.sink.onStep = (now) => {
    if (now === step) act().then(acted.resolve, acted.reject)
  }
  await acted.promise
  desk.sink.onStep = () => undefined
}

/** Resolves when the program has had nothing in work for half a second. */
async function calm(desk: KillDesk): Promise<void> {
  await desk.ready('run')
  for (let moments = 0; moments < 20; await pause(25)) {
    desk.mustRun()
    moments = desk.inWork() === 0 ? moments + 1 : 0
  }
}

/** Rounds without a disturbance, until every lease and every wait between two tries is over. */
async function recover(desk: KillDesk): Promise<void> {
  for (let round = 0; round < 5; round++) {
    await startLater(desk)
    await calm(desk)
    await desk.stop('run')
  }
}

describe.concurrent('a mail', () => {
  test(
    'is neither lost nor another the second time, at whatever step its sender is killed (C03, C09)',
    async (context) => {
      const desk = await openDesk(context)
      for (const step of ['recipient', 'accepted', 'told'] as const) {
        desk.press.grow()
        const killed = atStep(desk, step, () => desk.kill('run'))
        await startLater(desk)
        await killed
      }
      await recover(desk)
      expect(complaints(desk.path, desk.press, desk.sink.received)).toEqual([])
      const copies = Map.groupBy(desk.sink.received, messageIdOf)
      const repeated = [...copies.values()].filter((same) => same.length > 1)
      expect(repeated.length).toBeLessThanOrEqual(3) // at most one a kill: accepted before the sender could write it down
      expect(repeated.length).toBeGreaterThanOrEqual(1)
    },
    limitMs,
  )

  test(
    'whose server says nothing more holds nobody up: SIGTERM ends the process, and the next one sends it (C37, C38)',
    async (context) => {
      const desk = await openDesk(context)
      desk.press.grow()
      desk.sink.answers = false
      const hanging = atStep(desk, 'recipient', async () => undefined)
      await startLater(desk)
      await hanging
      await desk.stop('run') // throws unless it ends with 0
      desk.sink.answers = true
      await recover(desk)
      expect(complaints(desk.path, desk.press, desk.sink.received)).toEqual([])
      expect(new Set(desk.sink.received.map(messageIdOf)).size).toBe(desk.sink.received.length)
    },
    limitMs,
  )
})
