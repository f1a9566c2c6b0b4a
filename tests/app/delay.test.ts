import { expect, test } from 'vitest'
import { delay } from '../../src/app/explanation-text.ts'

test.each([
  [0, '+0 min'],
  [12 * 60_000, '+12 min'],
  [59.6 * 60_000, '+1 h 00 min'],
  [185 * 60_000, '+3 h 05 min'],
  [52 * 3_600_000, '+2 d 04 h'],
])('%s ms later is written %s', (ms, written) => {
  expect(delay(ms)).toBe(written)
})
