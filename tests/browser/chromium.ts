// Chromium as a judge: loads a page without a network of its own and says what became of it.
import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const flags =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --virtual-time-budget=4000'.split(
    ' ',
  )
const timeoutMs = 60_000

/** The name of an installed Chromium; undefined when there is none. */
export function findChromium(): string | undefined {
  const asked = process.env['CHROMIUM']
  return [...(asked === undefined ? [] : [asked]), ...names].find(
    (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
  )
}

const execute = promisify(execFile)

/** Runs Chromium once, with a profile of its own; resolves with what it printed. Rejects when it does not end well. */
export async function runChromium(chromium: string, args: readonly string[]): Promise<string> {
  const profile = mkdtempSync(join(tmpdir(), 'presslark-chromium-'))
  try {
    const options = { timeout: timeoutMs, maxBuffer: 64 * 1024 * 1024, killSignal: 'SIGKILL' } as const
    const { stdout } = await execute(chromium, [...flags, `--user-data-dir=${profile}`, ...args], options)
    return stdout
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}
