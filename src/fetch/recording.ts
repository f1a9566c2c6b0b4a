// One recorded exchange as a JSON file; the body, exactly as received, lies beside it.
import { z } from 'zod'
import type { FailureReason } from '../model/outcome.ts'

const request = z.strictObject({ method: z.enum(['GET', 'POST']), url: z.url() })
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
