// A whole desk of real processes between a press and a mail sink, whose clock a test shifts.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { enqueueDue } from '../../src/app/daily.ts'
import { openRoom } from '../../src/app/start.ts'
import { createBullRunner } from '../../src/queue/index.ts'
import { openStore } from '../../src/store/index.ts'
import { startRedis } from '../queue/redis.ts'
import { writeSoakDesk } from './desk-config.ts'
import { openMailSink } from './mail-sink.ts'
import { openPress } from './press.ts'
import { type Program, type ProgramName, setClock, startProgram } from './program.ts'

const minuteMs = 60_000

const http = { timeout: '5s', interval: '10m', concurrency: 4 }
const digest = { id: 'often', name: 'Often', schedule: '*/10 * * * *' }

/** Rows of the database by a condition; 0 while there is none yet. */
function countIn(path: string, sql: string, values: Readonly<Record<string, number>> = {}): number {
  try {
    const db = new Database(path, { readonly: true })
    try {
      return Number(db.prepare(sql).pluck().get(values))
    } finally {
      db.close()
    }
  } catch {
    return 0
  }
}

function sentMailsIn(path: string): readonly string[] {
  const db = new Database(path, { readonly: true })
  try {
    const sent = `select message_id from delivery where state = 'sent' and json_extract(channel, '$.kind') = 'email'`
    return db.prepare(sent).pluck().all().map(String)
  } finally {
    db.close()
  }
}

const waiting = `select (select count(*) from feed where lease_until is not null or next_fetch_at <= @now)
  + (select count(*) from delivery where state in ('pending', 'sending', 'uncertain'))
  + (select count(*) = 0 from edition where window_until > @now - 600000)`
const issued = 'select count(*) from edition where window_until > @now - 600000'
const inWork = `select (select count(*) from feed where lease_until is not null)
  + (select count(*) from delivery where state = 'sending')`

/** A second scheduler, in this process: it ticks when it is told to, and costs no start. */
async function openTicker(folder: string, redisUrl: string) {
  const room = await openRoom({ config: join(folder, 'config') })
  const runner = await createBullRunner({ redisUrl, handlers: {} })
  return {
    tick: (now: number): Promise<void> => enqueueDue(room, runner, now),
    isIdle: async (): Promise<boolean> =>
      Object.values(await runner.depths()).every(({ waiting, running }) => waiting + running === 0),
    close: async (): Promise<void> => {
      await runner.stop()
      room.store.close()
    },
  }
}

export type KillDesk = Awaited<ReturnType<typeof openKillDesk>>

/** `names` are the programs that make up the desk; whoever is not `run` alone gets a Redis of its own. It lives in a new folder below `place`. */
export async function openKillDesk(names: readonly ProgramName[], feeds: number, place = tmpdir()) {
  const folder = mkdtempSync(join(place, 'presslark-kills-'))
  const path = join(folder, 'data/presslark.db')
  const clockFile = join(folder, 'clock')
  const press = await openPress(feeds, 5)
  const sink = await openMailSink(15)
  const redis = names.includes('run') ? undefined : await startRedis()
  const surroundings = { folder, clockFile, ...(redis === undefined ? {} : { redisUrl: redis.url }) }
  const running = new Map<ProgramName, Program>()
  const besides: Program[] = []
  let ticker: Awaited<ReturnType<typeof openTicker>> | undefined
  let shiftMs = 0
  setClock(clockFile, shiftMs)
  writeSoakDesk(folder, { urls: press.urls, mailPort: sink.port, http, digest })

  async function start(name: ProgramName): Promise<void> {
    const program = startProgram(name, surroundings)
    running.set(name, program)
    if (name === 'ingest') await ready(name) // it makes the database
  }
  async function ready(name: ProgramName): Promise<void> {
    const program = running.get(name)
    await program?.says('runs')
  }
  async function stop(name: ProgramName): Promise<void> {
    await ready(name) // before that it does not listen to signals
    const program = running.get(name)
    running.delete(name)
    const code = await program?.stop()
    if (code !== 0) throw new Error(`${name} ended with ${code}:\n${program?.lines.slice(-20).join('\n')}`)
  }
  return {
    path,
    press,
    sink,
    redis,
    start,
    ready,
    stop,
    kill: async (name: ProgramName): Promise<void> => {
      await running.get(name)?.kill()
      running.delete(name)
    },
    runs: (name: ProgramName): boolean => running.has(name),
    folder,
    lines: (name: ProgramName): readonly string[] => running.get(name)?.lines ?? [],
    /** One more process, which belongs to nobody: a second of a kind. */
    spawn: (name: ProgramName, environment: NodeJS.ProcessEnv = {}): Program => {
      const program = startProgram(name, { ...surroundings, environment })
      besides.push(program)
      return program
    },
    /** Somebody of this name writes to the database, or so it says. */
    holdAs: (holder: string): void => {
      const store = openStore(path)
      store.serviceLock.hold(holder, Date.now() + shiftMs)
      store.close()
    },
    /** What the first start of a program does to the database, without the program. */
    enrol: async (): Promise<void> => {
      const room = await openRoom({ config: join(folder, 'config'), now: Date.now() + shiftMs })
      room.store.close()
    },
    /** Enqueues what is due now, without waiting for the scheduler. */
    tick: async (): Promise<void> => {
      if (redis === undefined) return
      ticker ??= await openTicker(folder, redis.url)
      await ticker.tick(Date.now() + shiftMs)
    },
    /** Does no job wait in Redis, nor run? One whose worker was killed does until another takes it. */
    isIdle: async (): Promise<boolean> => {
      if (redis === undefined) return true
      ticker ??= await openTicker(folder, redis.url)
      return ticker.isIdle()
    },
    /** Everybody's clock jumps ahead. */
    advance: (minutes: number): void => {
      shiftMs += minutes * minuteMs
      setClock(clockFile, shiftMs)
    },
    /** Is nothing due, claimed or being sent, and the last edition issued? */
    isQuiet: (): boolean =>
      countIn(path, waiting, { now: Date.now() + shiftMs }) === 0 && press.requests() > 0,
    /** Is there an edition for the last slot? */
    hasIssued: (): boolean => countIn(path, issued, { now: Date.now() + shiftMs }) > 0,
    /** The Message-IDs of mails that are written down as sent. */
    sentMails: (): readonly string[] => sentMailsIn(path),
    /** Feeds and deliveries that a process holds claimed just now. */
    inWork: (): number => countIn(path, inWork),
    count: (sql: string): number => countIn(path, sql),
    /** Throws when a program ended that nobody killed. */
    mustRun: (): void => {
      for (const { name, lines, hasEnded } of running.values())
        if (hasEnded()) throw new Error(`${name} ended by itself:\n${lines.slice(-20).join('\n')}`)
    },
    close: async (): Promise<void> => {
      for (const program of [...running.values(), ...besides]) await program.kill()
      await ticker?.close()
      await Promise.all([press.close(), sink.close(), redis?.close()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
