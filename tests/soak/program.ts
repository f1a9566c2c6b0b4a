// One process of presslark as a test starts, kills and stops it, with a clock that the test shifts.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { programFile } from '../program-file.ts'

export const programNames = ['scheduler', 'fetch', 'ingest', 'digest', 'run', 'run-queue'] as const
export type ProgramName = (typeof programNames)[number] | 'run-once'

export type Surroundings = {
  readonly folder: string // holds config/
  readonly clockFile: string
  readonly redisUrl?: string // unused by `run`
  readonly environment?: NodeJS.ProcessEnv // besides that of the tests
}

export type Program = {
  readonly name: ProgramName
  readonly pid: number
  readonly lines: readonly string[] // what it logged
  /** Resolves when it has logged this; throws when it ended before. */
  readonly says: (text: string) => Promise<void>
  readonly signal: (signal: NodeJS.Signals) => void
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>
  readonly hasEnded: () => boolean
  /** `kill -9`; resolves when it is dead. */
  readonly kill: () => Promise<void>
  /** SIGTERM; resolves to the exit code. */
  readonly stop: () => Promise<number | null>
}

function argumentsOf(name: ProgramName, redisUrl = ''): readonly string[] {
  const cli = programFile('src/app/cli')
  if (name === 'run') return [cli, 'run', '--queue', 'embedded']
  if (name === 'run-once') return [cli, 'run', '--once', '--queue', 'embedded']
  if (name === 'run-queue') return [cli, 'run', '--queue', redisUrl]
  return [programFile(`workers/${name}`)]
}

/** All programs with the same clock file have the same time. Moves the file into place: a program may read it at any moment. */
export function setClock(clockFile: string, shiftMs: number): void {
  writeFileSync(`${clockFile}.new`, String(shiftMs))
  renameSync(`${clockFile}.new`, clockFile)
}

export function startProgram(
  name: ProgramName,
  { folder, clockFile, redisUrl, environment }: Surroundings,
): Program {
  const preload = join(import.meta.dirname, 'shifted-clock.ts')
  const child: ChildProcess = spawn(process.execPath, ['--import', preload, ...argumentsOf(name, redisUrl)], {
    cwd: folder,
    env: {
      ...process.env,
      ...environment,
      SHIFTED_CLOCK: clockFile,
      NODE_COMPILE_CACHE: join(folder, 'compiled'), // starting is most of the work here
      PRESSLARK_CONFIG: join(folder, 'config'),
      ...(redisUrl === undefined ? {} : { PRESSLARK_REDIS_URL: redisUrl }),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'exit').then(() => child.exitCode)
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null
  const lines: string[] = []
  if (child.stderr) createInterface(child.stderr).on('line', (line) => lines.push(line))
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal)
    return ended
  }
  const says = async (text: string): Promise<void> => {
    while (!lines.some((line) => line.includes(text))) {
      if (hasEnded()) throw new Error(`${name} ended without ${text}:\n${lines.join('\n')}`)
      await pause(10)
    }
  }
  return {
    name,
    lines,
    pid: child.pid ?? 0,
    says,
    signal: (signal) => void child.kill(signal),
    ended,
    hasEnded,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  }
}
