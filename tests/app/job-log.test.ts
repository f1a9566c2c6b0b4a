// One line for each job that ended, with the whole of what it did.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createJobLog } from '../../src/app/job-log.ts'
import type { Log } from '../../src/app/observe.ts'
import { createHandlers, createOutside, createRunner, openRoom } from '../../src/app/start.ts'
import { fetchJobs } from '../../src/jobs/index.ts'
import type { Job } from '../../src/model/job.ts'
import { type LocalServer, listen, rss, sourceLine, writeDesk } from './local-desk.ts'

type Line = { readonly level: keyof Log; readonly message: string; readonly fields: object }

function collector(): { readonly log: Log; readonly lines: Line[] } {
  const lines: Line[] = []
  const at = (level: keyof Log) => (fields: object, message: string) =>
    void lines.push({ level, message, fields })
  return { lines, log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } }
}

describe('the log of jobs', () => {
  let local: LocalServer
  beforeEach(async () => {
    const feed = rss('Good', [
      { id: 'a', title: 'Harvest begins' },
      { id: 'b', title: 'A bridge opens' },
    ])
    local = await listen((request, response) => {
      if (request.url === '/feed?token=hidden')
        response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feed)
      else response.writeHead(404).end()
    })
  })
  afterEach(() => local.close())

  /** Runs every due fetch, then `more`, on a desk with one good and one broken feed. */
  async function linesOf(
    more: (room: Awaited<ReturnType<typeof openRoom>>) => readonly Job[],
  ): Promise<Line[]> {
    const sources = `sources:\n${sourceLine('good', `${local.origin}/feed?token=hidden`)}${sourceLine('lost', `${local.origin}/lost`)}`
    const room = await openRoom({
      config: `${writeDesk({ presslark: 'http: {timeout: 30s}\n', sources })}/config`,
    })
    const outside = createOutside(room, { perHostGapMs: 0 })
    const { log, lines } = collector()
    const jobLog = createJobLog({ log, store: room.store })
    const handlers = jobLog.taking(await createHandlers(room, outside, jobLog))
    const runner = await createRunner(room.config, handlers, jobLog)
    await runner.enqueue(fetchJobs(room.store, Date.now()))
    await runner.idle()
    await runner.enqueue(more(room))
    await runner.idle()
    await runner.stop()
    await outside.fetcher.close()
    room.store.close()
    return lines
  }

  it('has one line a job: feed, outcome, time, items, new, duplicates and matches', async () => {
    const lines = await linesOf(() => [])
    const told = lines.map(({ level, message }) => `${level} ${message}`).toSorted()
    expect(told).toEqual(['debug fetched', 'debug fetched', 'info ingested', 'info ingested'])
    const good = lines.find(({ fields }) => 'new' in fields && fields.new === 2)
    expect(good?.fields).toEqual({
      job: 'ingest',
      id: expect.stringMatching(/^ingest-\d+-\d+$/),
      durationMs: expect.any(Number),
      followUps: 0,
      feed: expect.any(Number),
      source: 'Outlet good',
      url: `${local.origin}/feed`,
      outcome: 'fetched',
      fetchMs: expect.any(Number),
      items: 2,
      new: 2,
      duplicates: 0,
      revisions: 0,
      skipped: 0,
      overflow: false,
      renamed: 0,
      matches: 2,
      lagMs: expect.any(Number),
    })
    expect(lines).toContainEqual({
      level: 'debug',
      message: 'fetched',
      fields: expect.objectContaining({ job: 'fetch', url: `${local.origin}/lost`, reason: 'not-found' }),
    })
  })

  it('says which edition was composed and how each delivery ended, and names no recipient', async () => {
    let until = ''
    const lines = await linesOf(() => {
      until = new Date().toISOString() // after the digest was registered
      return [{ name: 'digest', id: 'digest-1', digestId: 'morning', until }]
    })
    expect(lines.slice(-2)).toEqual([
      {
        level: 'info',
        message: 'composed',
        fields: expect.objectContaining({ job: 'digest', digest: 'morning', until, outcome: 'done' }),
      },
      {
        level: 'info',
        message: 'delivered',
        fields: expect.objectContaining({ job: 'deliver', digest: 'morning', number: 1, outcome: 'sent' }),
      },
    ])
    expect(JSON.stringify(lines)).not.toContain('recipient')
  })

  it('tells a job that failed once, with its error', async () => {
    const ghost: Job = { name: 'digest', id: 'digest-2', digestId: 'morning', until: 'never' }
    const lines = await linesOf(() => [ghost])
    expect(lines.at(-1)).toEqual({
      level: 'error',
      message: 'job failed',
      fields: expect.objectContaining({ job: 'digest', id: 'digest-2', error: expect.any(String) }),
    })
    expect(lines.filter(({ fields }) => 'error' in fields)).toHaveLength(1)
  })
})
