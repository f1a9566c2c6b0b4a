// Jobs for the queue tests; the feeds are invented.
import type { Job, JobName, JobOf } from '../../src/model/job.ts'

export function fetchJob(id: string): JobOf<'fetch'> {
  return {
    name: 'fetch',
    id,
    feed: {
      feedId: 7,
      settings: { url: 'https://harbour-gazette.example/rss' },
      validators: { etag: '"a1"' },
    },
  }
}

export function ingestJob(id: string): JobOf<'ingest'> {
  return {
    name: 'ingest',
    id,
    feedId: 7,
    outcome: {
      kind: 'not-modified',
      because: 'status-304',
      validators: { etag: '"a1"' },
      at: 1_800_000_000_000,
      durationMs: 41,
      url: 'https://harbour-gazette.example/rss',
      pace: {},
    },
  }
}

/** The outcome of a feed of so many bytes. */
export function heavyJob(id: string, bytes: number): JobOf<'ingest'> {
  const outcome = { ...ingestJob(id).outcome, status: 200, validators: {}, bodyHash: id, bytes }
  const feed = { format: 'rss', engine: 'tolerant', pace: {}, items: [], skipped: [], warnings: [] } as const
  return { name: 'ingest', id, feedId: 7, outcome: { ...outcome, kind: 'fetched', feed } }
}

export function deliverJob(id: string): JobOf<'deliver'> {
  return { name: 'deliver', id, deliveryId: 3 }
}

export function digestJob(id: string): JobOf<'digest'> {
  return { name: 'digest', id, digestId: 'morning', until: '2027-01-15T08:00:00.000Z' }
}

/** `count` jobs with the ids `prefix-0`, `prefix-1`, ... */
export function numbered<N extends JobName>(
  count: number,
  make: (id: string) => JobOf<N>,
  prefix = 'n',
): Job[] {
  return Array.from({ length: count }, (_, index) => make(`${prefix}-${index}`))
}

/** The outcome of a fetch of about `bytes` of text that a compressor makes smaller, but not much. */
export function fetchedJob(id: string, bytes: number): JobOf<'ingest'> {
  const items = Array.from({ length: 100 }, (_, index) => ({
    guid: `urn:harbour-gazette:${index}`,
    title: `Ships in port, list ${index}`,
    summary: '',
    text: digits(index, bytes / 100),
    authors: [],
    categories: ['shipping', 'بنادر'],
    enclosures: [],
    flags: [],
  }))
  const { outcome } = ingestJob(id)
  const feed = { format: 'rss', engine: 'tolerant', pace: {}, items, skipped: [], warnings: [] } as const
  const fetched = { kind: 'fetched', status: 200, validators: {}, bodyHash: 'b2', bytes, feed } as const
  const { at, durationMs, url, pace } = outcome
  return { name: 'ingest', id, feedId: 7, outcome: { at, durationMs, url, pace, ...fetched } }
}

function digits(seed: number, length: number): string {
  let state = seed + 1
  let text = ''
  while (text.length < length) {
    state = (state * 48_271) % 2_147_483_647
    text += state
  }
  return text.slice(0, length)
}
