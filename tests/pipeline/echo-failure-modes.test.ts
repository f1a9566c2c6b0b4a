import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { echoStream, type StreamItem, type StreamOutput } from '../conformance/echo-stream.ts'

type Mode = {
  slice: string
  why: string
  expect: string
  a: Omit<StreamItem, 'id'>
  b: Omit<StreamItem, 'id'>
}

const file = join(import.meta.dirname, '../fixtures/echo/failure-modes.jsonl')
const modes = readFileSync(file, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Mode) // our own fixture

const verdicts: Readonly<Record<string, (first: StreamOutput, second: StreamOutput) => void>> = {
  duplicate: (_, second) => expect(second).toMatchObject({ duplicateOf: 'a', corrected: false }),
  update: (_, second) => {
    expect(second.duplicateOf).toBe('a')
    expect(second.kind === 'revision' || second.corrected).toBe(true)
  },
  story: (first, second) => {
    expect(second.duplicateOf).toBeNull()
    expect(second.story).toBe(first.story)
  },
  different: (first, second) => {
    expect(second.duplicateOf).toBeNull()
    expect(second.story).not.toBe(first.story)
  },
}

test.each(modes)('$slice: $why', ({ expect: expected, a, b }) => {
  const next = echoStream()
  const first = next({ ...a, id: 'a' })
  const second = next({ ...b, id: 'b' })
  verdicts[expected]?.(first, second)
  expect.hasAssertions()
})

test('the fixture holds every verdict', () => {
  expect(new Set(modes.map((mode) => mode.expect))).toEqual(new Set(Object.keys(verdicts)))
})
