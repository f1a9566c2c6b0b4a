// Reports of invented outlets for the tests of de-duplication and stories.
import type { EchoDocument } from '../../src/pipeline/echo-document.ts'

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS
export const MORNING = Date.UTC(2026, 10, 20, 8)

let lastId = 0

/** A report of the Tigris Post on the morning of 20 November, unless told otherwise. Every call gives the next article id. */
export function report(title: string, text = '', changes: Partial<EchoDocument> = {}): EchoDocument {
  lastId++
  const source = { sourceId: 'tigris-post', family: 'tigris' }
  return { articleId: lastId, ...source, title, text, at: MORNING, ...changes }
}

export const BUDGET = [
  'Parliament passes budget after months of delay',
  'Lawmakers in Baghdad approved a federal budget of 150 trillion dinars late on Sunday, ending a dispute between the Kurdish ' +
    'region and the central government over oil revenues that had held up salaries since March, officials said.',
] as const

export const FLOOD = [
  'Floods cut mountain road near Amediye',
  'Heavy rain washed away a bridge on the road between Amediye and Deraluk on Monday, leaving forty villages without supplies, ' +
    'the mayor of the district said, and rescue teams were using tractors to reach families.',
] as const
