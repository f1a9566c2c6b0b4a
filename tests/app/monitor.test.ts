// The pages for monitors: what they count, whom they answer, and what they never say.
import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startMonitor } from '../../src/app/monitor.ts'
import { fetchJobs } from '../../src/jobs/index.ts'
import { listen, rss, sourceLine } from './local-desk.ts'
import { listeningLog, loopback, type MonitoredDesk, monitoredDesk } from './monitor-desk.ts'

/** The value of one line of /metrics, such as `presslark_feeds{state="ok"}`. */
function reading(metrics: string, series: string): number | undefined {
  const line = metrics.split('\n').find((candidate) => candidate.startsWith(`${series} `))
  return line === undefined ? undefined : Number(line.slice(series.length + 1))
}

const page = async (origin: string, path: string): Promise<string> => (await fetch(`${origin}${path}`)).text()

async function serveFeeds(): Promise<string> {
  const items = [
    { id: 'a', title: 'Harvest begins' },
    { id: 'b', title: 'A bridge opens' },
  ]
  const local = await listen((incoming, response) => {
    if (incoming.url === '/feed')
      response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(rss('Good', items))
    else response.writeHead(404).end()
  })
  onTestFinished(() => local.close())
  return local.origin
}

async function deskAfterOneRound(): Promise<MonitoredDesk> {
  const web = await serveFeeds()
  const desk = await monitoredDesk({
    presslark: 'http: {timeout: 30s}\n', // however busy the machine is
    sources: `sources:\n${sourceLine('good', `${web}/feed`)}${sourceLine('lost', `${web}/lost`)}`,
  })
  onTestFinished(desk.close)
  await desk.runner.enqueue(fetchJobs(desk.room.store, Date.now()))
  await desk.runner.idle()
  const until = new Date().toISOString()
  await desk.runner.enqueue([{ name: 'digest', id: 'digest-1', digestId: 'morning', until }])
  await desk.runner.idle()
  return desk
}

describe('/metrics', () => {
  it('counts fetches by outcome, entries, matches and jobs, and tells feeds, outbox, digests, queue and sizes', async () => {
    const { origin } = await deskAfterOneRound()
    const metrics = await page(origin, '/metrics')
    const values = (series: readonly string[]): object =>
      Object.fromEntries(series.map((one) => [one, reading(metrics, one)]))
    const expected = {
      'presslark_fetches_total{outcome="fetched",reason=""}': 1,
      'presslark_fetches_total{outcome="failed",reason="not-found"}': 1,
      'presslark_entries_total{as="read"}': 2,
      'presslark_entries_total{as="new"}': 2,
      'presslark_entries_total{as="duplicate"}': 0,
      presslark_matches_total: 2,
      'presslark_jobs_total{job="fetch",outcome="done"}': 2,
      'presslark_jobs_total{job="deliver",outcome="done"}': 1,
      presslark_ingest_lag_seconds_count: 2,
      presslark_fetch_duration_seconds_count: 2,
      'presslark_feeds{state="ok"}': 1,
      'presslark_feeds{state="failing"}': 1,
      'presslark_feeds{state="gone"}': 0,
      presslark_feeds_due: 0,
      presslark_feed_overdue_seconds: 0,
      'presslark_deliveries{state="sent"}': 1,
      'presslark_deliveries{state="failed"}': 0,
      'presslark_digest_interval_seconds{digest="morning"}': 86_400,
      'presslark_queue_jobs{job="fetch",state="waiting"}': 0,
      'presslark_part_up{part="database"}': 1,
      'presslark_part_up{part="queue"}': 1,
    }
    expect(values(Object.keys(expected))).toEqual(expected)
    expect(reading(metrics, 'presslark_digest_age_seconds{digest="morning"}')).toBeLessThan(60)
    for (const size of ['database', 'wal', 'disk_free'])
      expect(reading(metrics, `presslark_${size}_bytes`), size).toBeGreaterThan(0)
    for (const usual of ['process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds'])
      expect(reading(metrics, usual), usual).toBeGreaterThan(0)
  })

  it('looks into the database once in five seconds, however often it is asked', async () => {
    const { origin, room, runner } = await deskAfterOneRound()
    await page(origin, '/metrics')
    const before = room.store.feeds.list().length
    room.store.feeds.sync([])
    const again = await page(origin, '/metrics')
    expect(before).toBe(2)
    expect(reading(again, 'presslark_feeds{state="ok"}')).toBe(1)
    expect((await runner.depths()).fetch.running).toBe(0)
  })
})

describe('/healthz and /readyz', () => {
  it('tell living from ready: a desk is ready once its parts are watched, and not while one of them fails', async () => {
    const { log, origin } = listeningLog()
    const monitor = await startMonitor(loopback, 'fetch', log)
    onTestFinished(() => monitor.close())
    const ready = async (): Promise<readonly [number, unknown]> => {
      const answer = await fetch(`${origin()}/readyz`)
      return [answer.status, await answer.json()]
    }
    expect(await page(origin(), '/healthz')).toBe('ok\n')
    expect(await ready()).toEqual([503, { ready: false, parts: { start: 'failed' } }])
    monitor.watch({ runner: { depths: () => Promise.reject(new Error('redis://:secret@host')) } })
    expect(await ready()).toEqual([503, { ready: false, parts: { queue: 'failed' } }])
    expect(await page(origin(), '/metrics')).toContain('presslark_part_up{part="queue"} 0')
  })

  it('do not wait for a part that hangs', async () => {
    const { log, origin } = listeningLog()
    const monitor = await startMonitor(loopback, 'fetch', log)
    onTestFinished(() => monitor.close())
    monitor.watch({ runner: { depths: () => new Promise(() => undefined) } })
    const answers = await Promise.all([fetch(`${origin()}/readyz`), fetch(`${origin()}/healthz`)])
    expect(answers.map(({ status }) => status)).toEqual([503, 200])
  })

  it('say ready when all parts answer', async () => {
    const { origin, close } = await monitoredDesk({ sources: 'sources: []\n' })
    onTestFinished(close)
    const answer = await fetch(`${origin}/readyz`)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ ready: true, parts: { queue: 'ok', database: 'ok' } })
  })
})

describe('who asks (B53, B54)', () => {
  async function monitorOrigin(): Promise<string> {
    const { log, origin } = listeningLog()
    const monitor = await startMonitor(loopback, 'run', log)
    onTestFinished(() => monitor.close())
    return origin()
  }

  it('is answered the same whatever Host and X-Forwarded-For say, and neither is repeated', async () => {
    const origin = await monitorOrigin()
    const forged = {
      host: 'evil.example',
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-host': 'evil.example',
    }
    const asked = request(`${origin}/readyz?next=//evil.example`, { headers: forged }).end()
    const [answer] = await once(asked, 'response')
    let text = JSON.stringify(answer.headers)
    for await (const chunk of answer) text += String(chunk)
    expect(answer.statusCode).toBe(503)
    expect(text).not.toMatch(/evil|203\.0\.113/)
  })

  it('gets headers that let a browser do nothing with a page', async () => {
    const origin = await monitorOrigin()
    for (const path of ['/metrics', '/healthz', '/readyz', '/<script>']) {
      const answer = await fetch(`${origin}${path}`)
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      })
      expect(await answer.text()).not.toContain('<script')
    }
  })

  it('gets no other page, and may only read', async () => {
    const origin = await monitorOrigin()
    const answers = await Promise.all([
      fetch(`${origin}/`),
      fetch(`${origin}/constructor`),
      fetch(`${origin}/metrics`, { method: 'POST', body: 'x'.repeat(100_000) }),
      fetch(`${origin}/healthz`, { method: 'HEAD' }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 405, 200])
  })

  it('is hung up on when what he says is no HTTP, and the others are answered on', async () => {
    const origin = await monitorOrigin()
    const socket = connect(Number(new URL(origin).port), '127.0.0.1', () =>
      socket.write('\u0000\u0001 nonsense\r\n\r\n'),
    )
    socket.on('error', () => undefined)
    await once(socket, 'close')
    expect(await page(origin, '/healthz')).toBe('ok\n')
  })
})

it('a port that is taken is told with what to do', async () => {
  const local = await listen(() => undefined)
  onTestFinished(() => local.close())
  const port = Number(new URL(local.origin).port)
  await expect(startMonitor({ host: '127.0.0.1', port }, 'run', listeningLog().log)).rejects.toMatchObject({
    message: `cannot listen for monitors on 127.0.0.1:${port}: another program listens there`,
    hint: expect.stringContaining('PRESSLARK_METRICS'),
    exitCode: 2,
  })
})
