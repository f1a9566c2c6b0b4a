// What a job read from Redis must look like before a handler sees it: model/job.ts in zod.
import { z } from 'zod'
import { outcomeSchema, validators } from './outcome-schema.ts'

const id = z.string().min(1).max(500)
const rowId = z.int().positive()

const feedSettings = z.object({
  url: z.string().min(1),
  language: z.string().exactOptional(),
  engine: z.enum(['tolerant', 'rss-parser']).exactOptional(),
  customFields: z.record(z.string(), z.string()).exactOptional(),
  fallbackCharset: z.string().exactOptional(),
  timeZone: z.string().exactOptional(),
  intervalMs: z.number().exactOptional(),
  allowPrivate: z.boolean().exactOptional(),
  allowBadCertificate: z.boolean().exactOptional(),
  proxy: z.string().exactOptional(),
  isBridged: z.boolean().exactOptional(),
  headers: z.record(z.string(), z.string()).exactOptional(),
})

/**
 * A job of any name. Fields that the model does not know are dropped, so that a newer producer may add optional ones;
 * a change of meaning needs a new payload version. A type test keeps schema and model equal.
 */
export const jobSchema = z.discriminatedUnion('name', [
  z.object({
    name: z.literal('fetch'),
    id,
    feed: z.object({
      feedId: rowId,
      settings: feedSettings,
      language: z.string().exactOptional(),
      validators,
      bodyHash: z.string().exactOptional(),
    }),
  }),
  z.object({
    name: z.literal('ingest'),
    id,
    feedId: rowId,
    outcome: outcomeSchema,
    part: z.object({ index: z.int().positive(), of: z.int().positive() }).exactOptional(),
  }),
  z.object({
    name: z.literal('digest'),
    id,
    digestId: z.string().min(1),
    until: z.iso.datetime({ offset: true }),
  }),
  z.object({ name: z.literal('deliver'), id, deliveryId: rowId }),
])
