// A desk on a small disk of its own that fills up while it works, whose database another program then holds for half a minute.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { programFile } from '../program-file.ts'
import { type KillDesk, openKillDesk } from './kill-desk.ts'
import { untilQuiet } from './kill-rounds.ts'
import { complaints } from './verdict.ts'

export type DiskReport = {
  readonly toldFull: string // what the log said, without the path
  readonly toldLocked: string
  readonly doctorSaid: string // while the disk was full
  readonly reports: number
  readonly complaints: readonly string[]
}

const diskMiB = 24
const leftBytes = 64 * 1_024
const patienceMs = 120_000

/** A tmpfs of its own. Throws where this process may not mount one. */
function mountDisk(): { readonly folder: string; readonly unmount: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'presslark-disk-'))
  const options = ['-t', 'tmpfs', '-o', `size=${diskMiB}m`, 'presslark', folder]
  const { status, stderr } = spawnSync('mount', options, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`a small disk needs the right to mount one (root): ${stderr.trim()}`)
  const unmount = (): void => {
    spawnSync('umount', [folder])
    rmdirSync(folder)
  }
  return { folder, unmount }
}

/** Leaves a few kilobytes of the disk; returns what gives them back. */
function fill(folder: string): () => void {
  const { bavail, bsize } = statfsSync(folder)
  const filler = join(folder, 'filler')
  writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leftBytes)))
  return () => rmSync(filler)
}

/** Another program that writes for so long. */
async function hold(path: string, forMs: number): Promise<ChildProcess> {
  const script = `import Database from 'better-sqlite3'
    const db = new Database(process.argv[1])
    db.exec('begin immediate')
    console.log('held')
    setTimeout(() => { db.exec('rollback'); db.close() }, Number(process.argv[2]))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, path, String(forMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return child
}

/** The first new line of the log that says this; throws when the program ends or says nothing of it. */
async function lineWith(desk: KillDesk, text: string, after: number): Promise<string> {
  for (const startedAt = performance.now(); performance.now() - startedAt < patienceMs; await pause(50)) {
    desk.mustRun()
    const line = desk
      .lines('run')
      .slice(after)
      .find((one) => one.includes(text))
    if (line !== undefined)
      return `${JSON.parse(line).msg}: ${JSON.parse(line).error}`.replaceAll(desk.path, 'the database')
  }
  throw new Error(`the log never said: ${text}\n${desk.lines('run').slice(after).join('\n')}`)
}

function doctor(desk: KillDesk): string {
  const { stdout } = spawnSync(process.execPath, [programFile('src/app/cli'), 'doctor'], {
    cwd: desk.folder,
    encoding: 'utf8',
  })
  const line = stdout.split('\n').find((one) => /^BAD +(?:disk|database)/.test(one)) ?? 'nothing'
  return line.replaceAll(desk.folder, '')
}

async function livesOnDisk(desk: KillDesk, holdMs: number): Promise<Omit<DiskReport, 'reports'>> {
  await desk.enrol()
  desk.advance(11)
  await desk.start('run')
  if (!(await untilQuiet(desk, patienceMs))) throw new Error('an undisturbed round takes over two minutes')

  const free = fill(desk.folder)
  for (let more = 0; more < 20; more++) desk.press.grow()
  desk.advance(11)
  const toldFull = await lineWith(desk, 'has no space left', 0)
  const doctorSaid = doctor(desk)
  free()
  desk.advance(11)
  const unrest = (await untilQuiet(desk, patienceMs)) ? [] : ['not quiet after the disk had space again']

  const before = desk.lines('run').length
  desk.press.grow()
  desk.advance(11)
  const holder = await hold(desk.path, holdMs)
  const toldLocked = await lineWith(desk, 'locked', before)
  await once(holder, 'exit')
  desk.advance(11)
  if (!(await untilQuiet(desk, patienceMs))) unrest.push('not quiet after the database was let go')
  await desk.stop('run')
  return {
    toldFull,
    toldLocked,
    doctorSaid,
    complaints: [...unrest, ...complaints(desk.path, desk.press, desk.sink.received)],
  }
}

/** One process through a full disk and a held database, without a restart. */
export async function fillDisk(holdMs: number): Promise<DiskReport> {
  const disk = mountDisk()
  const desk = await openKillDesk(['run'], 6, disk.folder)
  try {
    const lived = await livesOnDisk(desk, holdMs)
    return { ...lived, reports: [...desk.press.served().values()].flat().length }
  } finally {
    await desk.close()
    disk.unmount()
  }
}
