// The schema of digests.yaml: who hears about it, when, and what cannot wait.
import { z } from 'zod'
import { duration, id, timeZone, webAddress } from './config-values.ts'

const format = z.enum(['md', 'html', 'text', 'json'])
const channel = z.union(
  [
    z.strictObject({
      file: z
        .string()
        .min(1)
        .describe('Name in the editions folder; {date}, {digest} and {number} are filled in.'),
      format,
    }),
    z.strictObject({ email: z.array(z.string()).min(1) }),
    z.strictObject({ webhook: webAddress }),
    z.strictObject({ stdout: format }),
  ],
  'expected one of: { file, format }, { email: [...] }, { webhook: address }, { stdout: format }',
)

const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day such as "22:00", in quotes')

const alert = z.strictObject({
  id,
  name: z.string().min(1),
  topics: z.array(id).min(1),
  when: z
    .enum(['immediate', 'spike'])
    .default('immediate')
    .describe('immediate: each new story. spike: far more articles than usual.'),
  minimumOutlets: z
    .int()
    .min(1)
    .max(50)
    .default(1)
    .describe('Independent outlets a story needs before it is told.'),
  maximumAge: duration.default(86_400_000).describe('What was published longer before we saw it is no news.'),
  cooldown: duration.default(1_800_000).describe('At least so long between two issues.'),
  quietHours: z
    .strictObject({ from: clockTime, until: clockTime })
    .optional()
    .describe('Nothing is sent; what came meanwhile is told afterwards.'),
  spike: z
    .strictObject({
      hours: z.int().min(1).max(24).default(3),
      factor: z.number().min(1.5).max(100).default(3),
      minimum: z.int().min(2).max(10_000).default(5),
    })
    .prefault({})
    .describe('Articles in so many hours: at least the minimum, and so many times the usual.'),
  timeZone: timeZone.default('UTC'),
  language: z.enum(['en', 'ar', 'fa']).default('en'),
  channels: z.array(channel).min(1),
  minimumGrade: z.enum(['A', 'B', 'C', 'D', 'E']).optional(),
  storiesPerSection: z.int().min(1).max(50).default(5),
})

export const digestsSchema = z.strictObject({
  alerts: z.array(alert).default([]).describe('What cannot wait until the next edition; see docs/alerts.md.'),
  digests: z.array(
    z.strictObject({
      id,
      name: z.string().min(1),
      watchlist: id,
      schedule: z.string().describe('Cron, five fields: minute hour day month weekday.'),
      timeZone: timeZone.default('UTC'),
      language: z.enum(['en', 'ar', 'fa']).default('en'),
      channels: z.array(channel).min(1),
      minimumGrade: z.enum(['A', 'B', 'C', 'D', 'E']).optional(),
      storiesPerSection: z.int().min(1).max(200).default(12),
      whenEmpty: z.enum(['send', 'skip']).default('send'),
    }),
  ),
})
