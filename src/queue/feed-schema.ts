// A normalised feed as it travels inside an ingest job: model/item.ts in zod.
import { z } from 'zod'

export const instant = z.int()

const person = z.object({
  name: z.string().exactOptional(),
  email: z.string().exactOptional(),
  url: z.string().exactOptional(),
})

const enclosure = z.object({
  url: z.string(),
  type: z.string().exactOptional(),
  length: z.number().exactOptional(),
})

const item = z.object({
  guid: z.string().exactOptional(),
  url: z.string().exactOptional(),
  title: z.string().exactOptional(),
  summaryHtml: z.string().exactOptional(),
  contentHtml: z.string().exactOptional(),
  summary: z.string(),
  text: z.string(),
  publishedAt: instant.exactOptional(),
  updatedAt: instant.exactOptional(),
  dateText: z.string().exactOptional(),
  dateSource: z.enum(['published', 'issued', 'dc:date', 'created', 'updated']).exactOptional(),
  authors: z.array(person),
  categories: z.array(z.string()),
  enclosures: z.array(enclosure),
  image: z.string().exactOptional(),
  comments: z.string().exactOptional(),
  language: z.string().exactOptional(),
  origin: z.object({ title: z.string().exactOptional(), url: z.string().exactOptional() }).exactOptional(),
  flags: z.array(z.enum(['undated', 'bad-date', 'future-date', 'no-id', 'cut', 'from-archive'])),
})

const pace = z.object({
  ttlMinutes: z.number().exactOptional(),
  updatePeriod: z.string().exactOptional(),
  updateFrequency: z.number().exactOptional(),
  skipHours: z.array(z.number()).exactOptional(),
  skipDays: z.array(z.string()).exactOptional(),
})

export const feedSchema = z.object({
  format: z.enum(['rss', 'atom', 'rdf', 'json', 'sitemap', 'telegram']),
  engine: z.enum(['tolerant', 'rss-parser', 'json', 'sitemap', 'telegram']),
  title: z.string().exactOptional(),
  siteUrl: z.string().exactOptional(),
  selfUrl: z.string().exactOptional(),
  description: z.string().exactOptional(),
  language: z.string().exactOptional(),
  image: z.string().exactOptional(),
  hub: z.string().exactOptional(),
  older: z.string().exactOptional(),
  pace,
  items: z.array(item),
  known: z
    .array(
      z.object({
        place: z.int(),
        key: z.string(),
        hash: z.string(),
        publishedAt: instant.exactOptional(),
      }),
    )
    .exactOptional(),
  seals: z.object({ surroundings: z.string(), entries: z.array(z.string().nullable()) }).exactOptional(),
  skipped: z.array(z.object({ index: z.int(), because: z.string() })),
  warnings: z.array(z.string()),
})
