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
  await desk.enrol() // a digest is due from its first slot after the desk knows it
  return desk
}

/** Starts the program at a time when everything is due again. */
async function startLater(desk: KillDesk): Promise<void> {
  desk.advance(11)
  await desk.start('run')
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

/** Resolves when nothing is in work and a mail for the last slot has been composed. */
async function calm(desk: KillDesk): Promise<void> {
  await desk.ready('run')
  for (let moments = 0; moments < 8; await pause(25)) {
    desk.mustRun()
    moments = desk.inWork() === 0 && desk.hasIssued() ? moments + 1 : 0
  }
}

/** Rounds without a disturbance, until every lease and every wait between two tries is over. */
async function recover(desk: KillDesk): Promise<void> {
  for (let round = 0; round < 5 && !(round > 0 && desk.isQuiet()); round++) {
    await startLater(desk)
    await calm(desk)
    await desk.stop('run')
  }
}

/** Message-IDs that the server took and that nobody could write down: what the window of a kill holds. */
function unwritten(desk: KillDesk): readonly string[] {
  const written = new Set(desk.sentMails())
  return [...new Set(desk.sink.received.map(messageIdOf))].filter((id) => !written.has(id))
}

describe.concurrent('a mail', () => {
  test(
    'is neither lost nor another the second time, at whatever step its sender is killed (C03, C09)',
    async (context) => {
      const desk = await openDesk(context)
      const inWindow: Record<string, readonly string[]> = {}
      for (const step of ['recipient', 'accepted', 'told'] as const) {
        desk.press.grow()
        const killed = atStep(desk, step, () => desk.kill('run'))
        await startLater(desk)
        await killed
        inWindow[step] = unwritten(desk)
      }
      await recover(desk)
      expect(complaints(desk.path, desk.press, desk.sink.received)).toEqual([])
      // Repeated is what the server had taken before its sender could write that down, and nothing else.
      const copies = Map.groupBy(desk.sink.received, messageIdOf)
      const repeated = [...copies].filter(([, same]) => same.length > 1).map(([id]) => id)
      expect(repeated.toSorted()).toEqual([...new Set(Object.values(inWindow).flat())].toSorted())
      expect(inWindow['recipient']).toEqual([])
      expect(inWindow['accepted']).toHaveLength(1)
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
