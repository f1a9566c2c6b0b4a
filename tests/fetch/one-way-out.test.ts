// B07: every request leaves through the guard. A second way out, anywhere in src, fails here.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const src = join(import.meta.dirname, '../../src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .toSorted()

// Where each way out may stand: behind the guard, or not for HTTP at all.
const waysOut: readonly (readonly [way: RegExp, allowed: readonly string[]])[] = [
  [/from 'undici'/, ['fetch/guard.ts', 'fetch/pools.ts', 'fetch/receive.ts', 'fetch/wire.ts']],
  [/(?<![.\w])fetch\(/, []],
  [/\bhttps?\)?\.(?:request|get)\(/, ['fetch/lenient.ts']],
  [/import[^\n]*\b(?:get|request)\b[^\n]*from 'node:https?'/, []],
  [/\b(?:net|tls)\.(?:connect|createConnection)\(|new (?:Socket|WebSocket|EventSource)\(/, []],
]

function linesWith(way: RegExp, file: string): readonly string[] {
  const lines = readFileSync(join(src, file), 'utf8').split('\n')
  return lines.filter((line) => way.test(line) && !/^\s*(?:\/\/|\*)/.test(line))
}

describe('the sources', () => {
  it.each(waysOut)('hold %s only where the guard stands', (way, allowed) => {
    const users = files.filter((file) => linesWith(way, file).length > 0)
    expect(users).toEqual(allowed)
  })
})
