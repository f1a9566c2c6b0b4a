// Two ingest processes started by mistake, one that is killed, and one that stands still until it is taken for dead: one writes at a time.
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openKillDesk } from './kill-desk.ts'

const limitMs = 120_000 // most of it is programs starting, which takes long on a busy machine
const writes = '"worker":"ingest","msg":"worker runs"'

test.concurrent(
  'a second ingest process says who writes and waits; it takes over from one that was killed or stands still, which ends (C39)',
  async ({ onTestFinished }) => {
    const desk = await openKillDesk(['ingest'], 2)
    onTestFinished(() => desk.close())
    const first = desk.spawn('ingest')
    await first.says(writes)
    const second = desk.spawn('ingest')
    await second.says(`:${first.pid}","msg":"another process writes to this database`)
    await first.kill()
    await second.says(writes)

    const third = desk.spawn('ingest')
    await third.says(`:${second.pid}","msg":"another process writes`)
    second.signal('SIGSTOP')
    desk.advance(2) // the lease ends a minute after the last heartbeat
    await third.says(writes)
    second.signal('SIGCONT')
    expect(await second.ended).toBe(3)
    await second.says(`"successor":"`)
    expect(await third.stop()).toBe(0)
  },
  limitMs,
)

test.concurrent(
  'a second one that is asked to end while it waits ends with 0, and one of another machine is believed until its heartbeat is old',
  async ({ onTestFinished }) => {
    const desk = await openKillDesk(['ingest'], 1)
    onTestFinished(() => desk.close())
    await desk.enrol()
    desk.holdAs('elsewhere:1')
    const [asked, patient] = [desk.spawn('ingest'), desk.spawn('ingest')]
    await asked.says('"holder":"elsewhere:1"')
    expect(await asked.stop()).toBe(0)
    await patient.says('"holder":"elsewhere:1"')
    await pause(1_500) // it has looked again by now
    expect(patient.lines.some((line) => line.includes(writes))).toBe(false)
    desk.advance(2)
    await patient.says(writes)
  },
  limitMs,
)

test.concurrent(
  'of two services the second is refused while the first is well, and the first ends when it finds that it was succeeded',
  async ({ onTestFinished }) => {
    const desk = await openKillDesk(['run'], 1)
    onTestFinished(() => desk.close())
    const first = desk.spawn('run')
    await first.says('presslark runs')
    const refused = desk.spawn('run')
    expect(await refused.ended).toBe(3)
    expect(refused.lines.join()).toContain(`:${first.pid}) runs on this database`)
    first.signal('SIGSTOP')
    desk.advance(2)
    const second = desk.spawn('run')
    await second.says('presslark runs')
    first.signal('SIGCONT')
    expect(await first.ended).toBe(3)
    await first.says('has taken over this database')
    expect(await second.stop()).toBe(0)
  },
  limitMs,
)
