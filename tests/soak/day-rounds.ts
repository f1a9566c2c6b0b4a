// C41 and C01: a simulated day in the life of a desk: real feeds over loopback, a real mail server, a real file, and a clock that leaps
// from step to step. With kills its process dies with -9 once in every hour and is started again.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DayPress, openDayPress } from './day-press.ts'
import type { DayMessage, DaySample } from './day-process.ts'
import { writeSoakDesk } from './desk-config.ts'
import { type MailSink, messageIdOf, openMailSink } from './mail-sink.ts'
import { randomFrom } from './random.ts'
import { complaints, editionsIn } from './verdict.ts'

export type DayPlan = {
  readonly hours: number
  readonly feeds: number
  readonly seed: number
  readonly withKills: boolean
  readonly publishEveryHours?: number
}
export type DayReport = {
  readonly kills: number
  readonly misbehaved: number // answers of feeds
  readonly reports: number // published, each stored exactly once unless there are complaints
  readonly editions: number
  readonly mails: number
  readonly repeatedMails: number
  readonly samples: readonly DaySample[] // at the beginning of each hour, and one at the end
  readonly complaints: readonly string[]
}

const hourMs = 3_600_000
const stepsPerHour = 6
const start = Date.UTC(2027, 0, 11, 6)

const http = { timeout: '2s', interval: '30m', concurrency: 20 }
const digest = { id: 'hourly', name: 'Hourly', schedule: '0 * * * *' }

type Day = {
  readonly plan: DayPlan
  readonly folder: string
  readonly press: DayPress
  readonly random: () => number
  readonly samples: DaySample[]
  at: number
  stepTookMs: number // the last one
  kills: number
  killedAt: number // hours killed in so far
}

/** Once in every hour, at one of its steps and at any moment of that. */
function isKillDue({ plan, random, killedAt, at }: Day): boolean {
  const hour = Math.floor((at - start) / hourMs)
  if (!plan.withKills || hour >= plan.hours || killedAt > hour) return false
  const stepsLeft = stepsPerHour - Math.floor(((at - start) % hourMs) / (hourMs / stepsPerHour))
  return random() < 1 / stepsLeft
}

function onMessage(day: Day, child: ChildProcess, { at, sample }: DayMessage): void {
  day.at = at
  day.press.setTime(at, at >= start + day.plan.hours * hourMs)
  if (sample !== undefined) day.samples.push(sample)
  if (isKillDue(day)) {
    day.killedAt = Math.floor((at - start) / hourMs) + 1
    day.kills++
    setTimeout(() => child.kill('SIGKILL'), day.random() * day.stepTookMs)
  }
  child.send('go on')
}

/** Lives until the day is over, or until it is killed: then true. */
async function liveOn(day: Day): Promise<boolean> {
  const until = start + day.plan.hours * hourMs
  const child = fork(
    join(import.meta.dirname, 'day-process.ts'),
    [day.folder, String(day.at), String(until)],
    {
      execArgv: ['--expose-gc'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(day.folder, 'compiled') },
    },
  )
  let toldAt = performance.now()
  child.on('message', (message: DayMessage) => {
    day.stepTookMs = performance.now() - toldAt
    toldAt = performance.now()
    onMessage(day, child, message)
  })
  const [code, signal] = await once(child, 'exit')
  if (signal === 'SIGKILL') return true
  if (code !== 0) throw new Error(`the desk ended by itself with ${code ?? signal}`)
  return false
}

/** Lets so many hours pass, then lets everything come to rest, and says what was lost or done twice. */
export async function simulateDay(plan: DayPlan): Promise<DayReport> {
  const folder = mkdtempSync(join(tmpdir(), 'presslark-day-'))
  const press = await openDayPress(plan.feeds, start, plan.publishEveryHours)
  const sink = await openMailSink(1)
  writeSoakDesk(folder, { urls: press.urls, mailPort: sink.port, http, digest })
  const day: Day = {
    plan,
    folder,
    press,
    random: randomFrom(plan.seed),
    samples: [],
    at: start,
    stepTookMs: 500,
    kills: 0,
    killedAt: 0,
  }
  try {
    while (await liveOn(day));
    return reportOf(day, sink)
  } finally {
    await Promise.all([press.close(), sink.close()])
    rmSync(folder, { recursive: true, force: true })
  }
}

function reportOf({ folder, press, kills, samples }: Day, { received }: MailSink): DayReport {
  const path = join(folder, 'data/presslark.db')
  return {
    kills,
    misbehaved: press.misbehaved(),
    reports: [...press.served().values()].flat().length,
    editions: editionsIn(path),
    mails: received.length,
    repeatedMails: received.length - new Set(received.map(messageIdOf)).size,
    samples,
    complaints: complaints(path, press, received),
  }
}
