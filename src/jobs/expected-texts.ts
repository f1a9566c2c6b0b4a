// What tells nothing apart on a desk.
import type { Desk } from './desk.ts'

/** Every term it listens for, and the names of its sources. */
export function expectedTexts({ topics, sources }: Pick<Desk, 'topics' | 'sources'>): readonly string[] {
  const terms = topics.flatMap(({ any, all, near, query }) => [any, all, near?.of, query].flatMap(strings))
  return [...terms, ...outletNames({ sources })]
}

/** The names of its sources. */
export function outletNames({ sources }: Pick<Desk, 'sources'>): readonly string[] {
  return [...sources.values()].map(({ name }) => name)
}

/** Every string in a list of terms, however nested. */
function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(strings) : []
}
