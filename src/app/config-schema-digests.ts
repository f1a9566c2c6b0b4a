// digests.yaml as a zod schema: who hears about it, when, where, how it looks, and what cannot wait.
import { z } from 'zod'
import { duration, id, timeZone, webAddress } from './config-values.ts'

const format = z.enum(['md', 'html', 'text', 'json'])
/** Incoming webhooks and tokens are secrets: only the name of an environment variable may stand here. */
const secretName = z
  .string()
  .regex(
    /^\$\{[A-Z][A-Z0-9_]*\}$/,
    'expected the name of an environment variable such as ${SLACK_WEBHOOK}: it is a secret',
  )
const allowPrivate = z.boolean().optional().describe('The server stands on a private or loopback address.')
const colour = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'expected a colour such as "#7c3aed"')
  .optional()
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
    z.strictObject({ slack: secretName.describe('Its incoming webhook.'), allowPrivate }),
    z.strictObject({ mattermost: secretName.describe('Its incoming webhook.'), allowPrivate }),
    z.strictObject({
      telegram: z
        .string()
        .regex(/^(-?\d+|@\w{4,})$/, 'expected the id of a chat such as "-1001234567890", or @channel'),
      token: secretName.describe('Of the bot.'),
      server: webAddress.default('https://api.telegram.org'),
      allowPrivate,
    }),
    z.strictObject({
      ntfy: webAddress.refine((address) => /^https?:\/\/[^/]+\/(?:[^/?#]+\/)*[\w-]{1,64}$/.test(address), {
        message: 'expected a server and a topic such as https://ntfy.sh/press-desk',
      }),
      token: secretName.optional(),
      allowPrivate,
    }),
  ],
  'expected one of: { file, format }, { email: [...] }, { webhook: address }, { stdout: format }, { slack }, { mattermost }, { telegram, token }, { ntfy }',
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
      missed: z
        .enum(['together', 'each'])
        .optional()
        .describe('When the desk was down at several of its times: one edition for all, or one for each.'),
      lateAtMost: duration
        .optional()
        .describe('An edition that would be later than this is told with the next one.'),
      detail: z.enum(['executive', 'full']).default('full').describe('executive: one page.'),
      thread: z.boolean().default(false).describe('Mails of all editions in one thread.'),
      intro: z.string().optional().describe('Markdown above the edition.'),
      footer: z.string().optional().describe('Markdown below the edition.'),
      logo: z
        .strictObject({
          file: z.string().min(1).describe('A PNG, JPEG or GIF in the configuration folder, 60 kB at most.'),
          description: z.string().min(1).describe('For those who do not see it.'),
        })
        .optional(),
      colours: z.strictObject({ text: colour, background: colour, link: colour, accent: colour }).optional(),
      template: z
        .string()
        .min(1)
        .optional()
        .describe('A module in the configuration folder that renders the HTML; see docs/templates.md.'),
    }),
  ),
})
