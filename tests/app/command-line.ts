// Runs the real command line in a process of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { programFile } from '../program-file.ts'

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** Starts `presslark ARGS` in `cwd`; the environment is the test's own, without colours. */
export function start(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  return spawn(process.execPath, [programFile('src/app/cli'), ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Resolves when the process has ended, with everything it printed. */
export async function ended(child: ChildProcess): Promise<Ended> {
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text
    })
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, ...output }
}

/** Runs `presslark ARGS` to its end. */
export function presslark(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return ended(start(args, cwd, env))
}
