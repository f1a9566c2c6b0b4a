// The outcome of a fetch as it travels inside an ingest job: model/outcome.ts in zod.
import { z } from 'zod'
import { feedSchema, instant } from './feed-schema.ts'

export const validators = z.object({
  etag: z.string().exactOptional(),
  lastModified: z.string().exactOptional(),
  url: z.string().exactOptional(),
})

const attempt = {
  at: instant,
  durationMs: z.number(),
  url: z.string(),
  pace: z.object({
    freshForMs: z.number().exactOptional(),
    retryAfterMs: z.number().exactOptional(),
  }),
}

const failureReason = z.enum([
  'dns',
  'connect',
  'tls',
  'timeout',
  'reset',
  'address-not-allowed',
  'bad-redirect',
  'http-status',
  'forbidden',
  'not-found',
  'too-large',
  'bad-encoding',
  'short-body',
  'empty-body',
  'not-a-feed',
  'unexpected-not-modified',
  'crashed',
])

export const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({
    ...attempt,
    kind: z.literal('fetched'),
    status: z.int(),
    validators,
    bodyHash: z.string(),
    bytes: z.int(),
    movedTo: z.string().exactOptional(),
    aside: z.enum(['push', 'backfill']).exactOptional(),
    feed: feedSchema,
  }),
  z.object({
    ...attempt,
    kind: z.literal('not-modified'),
    because: z.enum(['status-304', 'same-body']),
    validators,
    movedTo: z.string().exactOptional(),
  }),
  z.object({ ...attempt, kind: z.literal('rate-limited'), status: z.int() }),
  z.object({ ...attempt, kind: z.literal('gone'), status: z.literal(410) }),
  z.object({
    ...attempt,
    kind: z.literal('failed'),
    reason: failureReason,
    detail: z.string(),
    status: z.int().exactOptional(),
  }),
])
