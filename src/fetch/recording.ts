// One recorded exchange as a JSON file; the body, exactly as received, lies beside it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { FailureReason } from '../model/outcome.ts'
import type { Instant } from '../model/time.ts'
import { targetOf } from './target.ts'

const request = z.strictObject({
  method: z.enum(['GET', 'POST']),
  url: z.url(),
  at: z.int().optional(), // when it was sent, ms since 1970; recordings made by hand need none
})
const response = z.strictObject({
  status: z.int().min(100).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])), // names in lower case
  bodyFile: z.string().optional(), // in the same folder; absent for an empty body
})
const failed = z.strictObject({
  reason: z.custom<FailureReason>((reason) => typeof reason === 'string'),
  detail: z.string(),
})

/** An answer, or the failure that came in its place. */
export const recordedSchema = z.union([
  z.strictObject({ request, response, failure: z.undefined().optional() }),
  z.strictObject({ request, failure: failed }),
])
export type Recorded = z.infer<typeof recordedSchema>

/** The exchanges in a folder, in the order of their answers. Throws when it cannot be read or a file of it is no recording. */
export function readRecording(folder: string): readonly Recorded[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return files
    .toSorted()
    .map((file) => recordedSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))))
}

/**
 * Says when a feed was asked, poll by poll in order; undefined for an exchange that does not tell. Throws as
 * `readRecording` does.
 */
export function recordedPolls(folder: string): (feedUrl: string) => readonly (Instant | undefined)[] {
  const polls = new Map<string, (Instant | undefined)[]>()
  for (const { request } of readRecording(folder)) {
    if (request.method === 'GET') polls.set(request.url, [...(polls.get(request.url) ?? []), request.at])
  }
  return (feedUrl) => polls.get(targetOf(feedUrl)?.url ?? '') ?? []
}
