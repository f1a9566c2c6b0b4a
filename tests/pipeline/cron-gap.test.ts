import { expect, test } from 'vitest'
import { parseCron } from '../../src/pipeline/cron.ts'
import { longestGapMs } from '../../src/pipeline/cron-gap.ts'

const hourMs = 3_600_000
const tuesday = Date.UTC(2026, 10, 24, 12)

function gapHours(expression: string, timeZone = 'UTC', now = tuesday): number | undefined {
  const parsed = parseCron(expression)
  if (!parsed.ok) throw new Error(parsed.message)
  const gap = longestGapMs(parsed.cron, timeZone, now)
  return gap === undefined ? undefined : gap / hourMs
}

test.each([
  ['every morning', '0 7 * * *', 24],
  ['on weekdays: the weekend is the longest wait', '0 7 * * 1-5', 72],
  ['twice a day', '0 7,17 * * *', 14],
  ['every hour', '0 * * * *', 1],
  ['every week', '0 7 * * 1', 168],
  ['in the first half of the year: the other half is the longest wait', '0 0 1 1-6 *', 214 * 24],
])('%s', (_, expression, hours) => {
  expect(gapHours(expression)).toBe(hours)
})

test('the day on which clocks are set back has 25 hours', () => {
  expect(gapHours('0 7 * * *', 'Europe/Berlin', Date.UTC(2026, 9, 25, 12))).toBe(25)
})

test('one slot in four years has no wait that could be measured', () => {
  expect(gapHours('0 7 29 2 *')).toBeUndefined()
})
