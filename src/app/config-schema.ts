// The four configuration files as zod schemas: one truth for checking, for types and for the editors' JSON Schemas.
import { z } from 'zod'
import { digestsSchema } from './config-schema-digests.ts'
import { mailSection } from './config-schema-mail.ts'
import { duration, id, language, port, size, timeZone, webAddress } from './config-values.ts'
import { listenHint, parseListenAddress } from './listen-address.ts'

const dayMs = 86_400_000
const fetchesMinimumMs = 35 * dayMs // what is usual for a weekday is known after four weeks
const fetchesDefaultMs = 120 * dayMs // a weekly digest compares with fifteen weeks

export const presslarkSchema = z.strictObject({
  database: z
    .string()
    .min(1)
    .default('./data/presslark.db')
    .describe('The one SQLite file. Relative paths start at the folder that holds the config folder.'),
  editions: z.string().min(1).default('./editions').describe('Folder for editions delivered as files.'),
  feeds: z
    .string()
    .min(1)
    .optional()
    .describe('Folder for Atom and JSON feeds of every topic and digest; none are written when absent.'),
  queue: z
    .string()
    .regex(/^(embedded|rediss?:\/\/.+)$/, 'expected embedded or an address such as redis://127.0.0.1:6379')
    .default('embedded')
    .describe('embedded: one process, no server. redis://...: BullMQ, for several machines.'),
  http: z
    .strictObject({
      contact: z
        .string()
        .min(1)
        .optional()
        .describe('An address or e-mail shown to publishers in the User-Agent.'),
      timeout: duration.default(30_000).describe('Total time for one fetch, redirects and body included.'),
      concurrency: z.int().min(1).max(500).default(20).describe('Fetches in flight at once.'),
      interval: duration.default(1_800_000).describe('How often a feed is polled unless it asks for less.'),
      allowPrivate: z
        .boolean()
        .default(false)
        .describe('May feeds live on private or loopback addresses? Better set it per feed.'),
      allowDowngrade: z
        .boolean()
        .default(false)
        .describe(
          'Follow redirects from https to http? Whoever reads the network can change what comes then.',
        ),
      bridges: z
        .array(z.string().regex(/^[a-z0-9.-]+(:\d+)?$/, 'expected a host such as rsshub.example.org'))
        .default([])
        .describe(
          'Hosts with feeds of many publishers: what one of their feeds is refused counts for that feed alone.',
        ),
      privateProxies: z
        .array(webAddress)
        .default([])
        .describe('Proxies that may live on a private or loopback address. All others may not.'),
    })
    .prefault({}),
  limits: z
    .strictObject({
      body: size.default(16 * 1024 * 1024).describe('Of one feed, decompressed.'),
      items: z.int().min(1).max(100_000).default(5_000).describe('Entries of one fetch.'),
      depth: z.int().min(8).max(1_000).default(256).describe('Elements inside one another.'),
      attributes: z.int().min(8).max(10_000).default(256).describe('Of one element.'),
      categories: z.int().min(1).max(10_000).default(100).describe('Of one entry.'),
      title: z
        .int()
        .min(100)
        .max(65_536)
        .default(2_048)
        .describe('Characters of a title, a name, an address or an id.'),
      content: z
        .int()
        .min(1_000)
        .max(16_777_216)
        .default(1_048_576)
        .describe('Characters of a summary or a content.'),
    })
    .prefault({})
    .describe('How much of a feed is read. What is cut is counted and told.'),
  websub: z
    .strictObject({
      callbackUrl: webAddress.describe('Public address that hubs reach; it must lead to `listen`.'),
      listen: z
        .string()
        .refine((text) => parseListenAddress(text) !== undefined, listenHint)
        .default('127.0.0.1:8471')
        .describe('Where this machine listens for hubs.'),
    })
    .optional()
    .describe(
      'Feeds that offer to push are then polled once a day only. Nothing is sent to hubs without it.',
    ),
  mail: mailSection,
  stories: z
    .strictObject({
      acrossLanguages: z
        .boolean()
        .default(false)
        .describe('Link stories that tell of one event in different languages, and name them in editions?'),
    })
    .prefault({}),
  keep: z
    .strictObject({
      fetches: duration
        .refine(
          (keepMs) => keepMs >= fetchesMinimumMs,
          'expected 35d or more: editions compare with the weeks before',
        )
        .default(fetchesDefaultMs)
        .describe('How long the log of fetches is kept. Articles, editions and deliveries are always kept.'),
    })
    .prefault({}),
  metrics: z
    .strictObject({
      listen: z
        .string()
        .refine((text) => parseListenAddress(text) !== undefined, listenHint)
        .optional()
        .describe('127.0.0.1:9464: where monitors may ask for /metrics, /healthz and /readyz.'),
    })
    .prefault({}),
  web: z
    .strictObject({
      publicUrl: z
        .string()
        .regex(/^https:\/\/[^\s?#]+$/, 'expected an https address such as https://press.example.org')
        .describe('Where readers reach the pages below; a proxy of yours leads from there to host and port.'),
      host: z.string().min(1).default('127.0.0.1').describe('The address to listen on.'),
      port: port.default(8095),
    })
    .optional()
    .describe('The page behind the one-click unsubscribe link of mails.'),
  log: z
    .strictObject({ level: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info') })
    .prefault({}),
})

const feed = z.strictObject({
  url: webAddress,
  language: language.optional(),
  engine: z.enum(['tolerant', 'rss-parser']).optional(),
  customFields: z
    .record(
      z.string().regex(/^[\w.-]+(:[\w.-]+)?$/, 'expected the name of an element such as lead or x:lead'),
      z.enum([
        'title',
        'link',
        'guid',
        'description',
        'content:encoded',
        'pubDate',
        'dc:creator',
        'category',
        'comments',
      ]),
    )
    .optional()
    .describe("With engine: rss-parser: which of the feed's own elements stand for which standard ones."),
  charset: z.string().optional().describe('Used when neither bytes nor headers tell, e.g. windows-1256.'),
  timeZone: timeZone.optional().describe('For dates without a zone.'),
  interval: duration.optional(),
  allowPrivate: z.boolean().optional(),
  allowBadCertificate: z
    .boolean()
    .optional()
    .describe('Believe its server although its certificate is self-signed, expired or of another host.'),
  proxy: webAddress
    .optional()
    .describe('An HTTP proxy for its requests; its credentials go under headers, as Proxy-Authorization.'),
  headers: z
    .record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string())
    .optional()
    .describe('Values may hold ${NAME}, read from the environment.'),
})

const source = z.strictObject({
  id,
  name: z.string().min(1),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'expected a two-letter country code such as IQ')
    .optional(),
  language: language.optional(),
  kind: z
    .enum(['wire', 'state', 'independent', 'exile', 'think-tank', 'official', 'party'])
    .default('independent'),
  grade: z
    .enum(['A', 'B', 'C', 'D', 'E'])
    .default('C')
    .describe('How far the source is trusted to report first hand, A best.'),
  family: id
    .optional()
    .describe('Owner: outlets of one family count as one independent voice. Default: the id.'),
  note: z.string().optional(),
  checked: z.string().optional().describe('When somebody last saw it work.'),
  url: webAddress.optional().describe('One feed; or use feeds.'),
  feeds: z.array(feed).min(1).optional(),
})

export const sourcesSchema = z.strictObject({ sources: z.array(source) })

const termLanguage = z
  .string()
  .regex(/^(\*|[a-z]{2,3}(-[A-Za-z0-9]{2,8})*)$/, 'expected a language tag such as en, ar, fa or ckb, or "*"')
const terms = z.union(
  [z.array(z.string().min(1)), z.record(termLanguage, z.array(z.string().min(1)))],
  'expected a list of words such as [bread, fuel queue], or such lists by language',
)
const oneOrMore = z.union([z.string(), z.array(z.string())], 'expected a word or a list of words')

const topic = z.strictObject({
  id,
  name: z.string().min(1),
  group: z.string().optional(),
  color: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'expected a colour such as "#7c3aed"')
    .optional(),
  weight: z.number().positive().max(10).optional().describe('In the choice of top stories; 1 when absent.'),
  any: terms.optional().describe('At least one of these.'),
  all: z
    .array(z.union([z.string(), z.array(z.string())]))
    .optional()
    .describe('Every one; a nested list means one of.'),
  none: terms.optional().describe('None of these.'),
  near: z
    .strictObject({
      within: z.int().min(0).max(1000),
      ordered: z.boolean().optional(),
      of: z.array(z.array(z.string()).min(1)).min(2),
    })
    .optional(),
  where: z
    .strictObject({
      lang: oneOrMore.optional(),
      source: oneOrMore.optional(),
      country: oneOrMore.optional(),
      kind: oneOrMore.optional(),
      url: oneOrMore.optional(),
      tag: oneOrMore.optional(),
    })
    .optional(),
  field: z.enum(['title', 'summary', 'body', 'author', 'text']).optional(),
  query: z.string().optional().describe('A boolean query; see docs/topics.md.'),
})

export const topicsSchema = z.strictObject({
  watchlists: z
    .array(
      z.strictObject({
        id,
        name: z.string().min(1),
        topics: z.union([z.literal('all'), z.array(id).min(1)]),
      }),
    )
    .min(1),
  topics: z.array(topic),
})

/** The schema of each file, by its base name. */
export const configSchemas = {
  presslark: presslarkSchema,
  sources: sourcesSchema,
  topics: topicsSchema,
  digests: digestsSchema,
} as const
export type ConfigFileName = keyof typeof configSchemas
/** One file's checked value, with defaults filled in. */
export type Parsed<N extends ConfigFileName> = z.output<(typeof configSchemas)[N]>

/** The JSON Schema that editors read for one file. */
export function editorSchema(name: ConfigFileName): Record<string, unknown> {
  return {
    title: `${name}.yaml of Presslark`,
    ...z.toJSONSchema(configSchemas[name], { io: 'input', unrepresentable: 'any' }),
  }
}
