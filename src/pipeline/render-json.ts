// An edition as JSON for other programs. The fields are described in docs/edition-json.md.
import type { Edition } from '../model/digest.ts'
import { safeLink } from '../text/safe-link.ts'

const VERSION = 1
const INSTANTS = new Set(['from', 'until', 'at', 'since', 'seenAt', 'publishedAt', 'firstSeenAt'])

/** The composed edition with `version` in front; instants are ISO 8601 in UTC, links are http, https or mailto or absent. */
export function renderJson(edition: Edition): string {
  return `${JSON.stringify({ version: VERSION, ...edition }, written, 2)}\n`
}

function written(key: string, value: unknown): unknown {
  if (typeof value === 'number' && INSTANTS.has(key)) return new Date(value).toISOString()
  return key === 'url' && typeof value === 'string' ? safeLink(value) : value
}
