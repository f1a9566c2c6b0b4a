// The program as users run it, from dist/, as a process of its own; told is the CPU time of all its threads and its memory at most.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

export type Cost = { readonly cpuMs: number; readonly peakMiB: number }

const program = join(import.meta.dirname, '../dist/src/app/cli.js')

// The program tells what it used when it ends, on a pipe that it knows nothing of; its threads do so too, before it.
const tellUsage = `data:text/javascript,${encodeURIComponent(`process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const usage = { cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMiB: maxRSS / 1024 }
  process.getBuiltinModule('node:fs').writeSync(3, JSON.stringify(usage) + '\\n')
})`)}`

/** Runs `presslark` with the configuration in `folder`/config. Throws with what it said when it fails. */
export function runProgram(folder: string, args: readonly string[]): Cost {
  const env = { ...process.env, PRESSLARK_CONFIG: join(folder, 'config') }
  const { status, output } = spawnSync(process.execPath, ['--import', tellUsage, program, ...args], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) throw new Error(`presslark ${args.join(' ')} ended with ${status}: ${output[2]}`)
  const usage = output[3]?.trim().split('\n').at(-1) ?? ''
  return JSON.parse(usage) as Cost // the line above wrote it
}
