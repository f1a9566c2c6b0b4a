// Dates: `{input}` to `{iso}`, scored against dates.json as feeds/FORMAT.md says.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDate } from '../../src/text/date.ts'
import type { Kind } from './kind.ts'
import { setFolder } from './set-folder.ts'

type DateCase = { readonly source: string; readonly input: string; readonly expect: string | null }

function isoOf(input: string): string | null {
  const instant = parseDate(input)
  return instant === undefined ? null : new Date(instant).toISOString()
}

/** Equal to the second. */
function passes({ input, expect }: DateCase): boolean {
  const iso = isoOf(input)
  return iso === null || expect === null ? iso === expect : `${iso.slice(0, 19)}Z` === expect
}

export const kind: Kind = {
  start: () => (input) => ({ iso: isoOf((input as { input: string }).input) }), // the line format of the kind
  score: async (dir) => {
    const file = join(setFolder(dir, 'feeds'), 'dates.json')
    if (!existsSync(file)) return []
    const cases = JSON.parse(readFileSync(file, 'utf8')) as readonly DateCase[] // the documented shape
    const failing = cases.filter((one) => !passes(one)).map((one) => JSON.stringify(one.input))
    return [{ set: 'dates', passed: cases.length - failing.length, of: cases.length, failing }]
  },
}
