// What Docker Compose itself says of docker-compose.yml: reading it needs no engine.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

export type ComposeVerdict = {
  readonly version: string // of the program that was asked
  readonly complaint: string // '' when it finds nothing wrong
}

const root = join(import.meta.dirname, '../..')
const ways = [['docker', 'compose'], ['docker-compose']] as const

/** Asks `docker compose` or `docker-compose`, whichever is on the PATH; undefined when neither is. */
export function askCompose(): ComposeVerdict | undefined {
  for (const [program, ...first] of ways) {
    const ask = (...args: readonly string[]) =>
      spawnSync(program, [...first, ...args], { cwd: root, encoding: 'utf8', timeout: 60_000 })
    const version = ask('version', '--short')
    if (version.status !== 0) continue
    const { status, stderr } = ask('--profile', 'try', 'config', '--quiet')
    return { version: version.stdout.trim(), complaint: status === 0 ? '' : stderr.trim() }
  }
  return undefined
}
