// How one round ends for cron: what is an alarm, and what is not worth a mail every morning.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { mostlyUnheard } from '../../src/app/unheard.ts'
import type { FeedRow } from '../../src/store/index.ts'
import { smtpSink } from '../deliver/smtp-sink.ts'
import { presslark } from './command-line.ts'
import { listen, rss, sourceLine, writeDesk } from './local-desk.ts'

const limits = { timeout: 60_000 }

async function deskOf(names: readonly string[], digests?: string, settings = '') {
  const press = await listen((request, response) => {
    if (request.url === '/failing') response.writeHead(503).end()
    else response.end(rss('Outlet', [{ id: request.url ?? '', title: `Harvest of ${request.url}` }]))
  })
  onTestFinished(press.close)
  const lines = names.map((name, n) => sourceLine(`s${n}`, `${press.origin}/${name}`))
  return writeDesk({
    presslark: `http: {timeout: 10s}\n${settings}`,
    sources: `sources:\n${lines.join('')}`,
    ...(digests === undefined ? {} : { digests }),
  })
}

function inArchive(folder: string, sql: string): void {
  const db = new Database(join(folder, 'data/presslark.db'))
  db.exec(sql)
  db.close()
}

const row = (lastOutcome?: string): FeedRow => ({
  id: 1,
  sourceId: 'a',
  sourceName: 'A',
  url: 'https://a.example/feed',
  settings: { url: 'https://a.example/feed' },
  validators: {},
  schedule: {},
  nextFetchAt: 0,
  failures: 0,
  ...(lastOutcome === undefined ? {} : { lastOutcome }),
})

describe('feeds that were not heard', () => {
  it.for([
    ['one of two hundred', ['failed', ...Array.from({ length: 199 }, () => 'fetched')], undefined],
    ['half of them', ['failed', 'not-modified'], undefined],
    ['more than half', ['failed', 'rate-limited', 'gone', 'fetched'], '3 of 4 feeds were not heard'],
    ['all of them', ['failed', 'failed'], 'no feed was heard'],
    ['all but those never asked', ['failed', undefined, undefined], 'no feed was heard'],
    ['none, of none', [], undefined],
  ] as const)('are an alarm when they are the most: %s', ([, outcomes, expected]) => {
    expect(mostlyUnheard(outcomes.map(row))?.split('\n')[0]).toBe(expected)
  })
})

describe('one round for cron', () => {
  it('is no alarm when one feed of three fails, nor when only that one is due', limits, async () => {
    const folder = await deskOf(['a', 'b', 'failing'])
    expect(await presslark(['run', '--once'], folder)).toMatchObject({ code: 0 })
    inArchive(folder, "update feed set next_fetch_at = 0 where url like '%/failing'")
    const second = await presslark(['run', '--once'], folder)
    expect(second.stderr).toContain('0 of 1 feeds heard')
    expect(second.code).toBe(0)
  })

  it('says nothing with --quiet while all is well, and all when it is not', limits, async () => {
    const well = await presslark(['run', '--once', '--quiet'], await deskOf(['a', 'b', 'failing']))
    expect(well).toEqual({ code: 0, stdout: '', stderr: '' })
    const alarmed = await presslark(['run', '--once', '--quiet'], await deskOf(['failing']))
    expect(alarmed.code).toBe(1)
    expect(alarmed.stderr).toMatch(/HTTP 503\n0 of 1 feeds heard.*\npresslark: no feed was heard\n/)
  })

  it('tells of an edition that did not reach its recipient, and ends with 1', limits, async () => {
    const sink = await smtpSink({ 'gone@example.org': 550 })
    onTestFinished(sink.close)
    const folder = await deskOf(
      ['a'],
      `digests:
  - {id: morning, name: Morning, watchlist: all, schedule: "0 7 * * *", channels: [{email: [gone@example.org, desk@example.org]}, {slack: "\${CHAT_ADDRESS}"}]}
`,
      `mail: {host: 127.0.0.1, port: ${sink.port}, secure: none, from: desk@desk.example}\n`,
    )
    await presslark(['run', '--once'], folder)
    await presslark(['digest'], folder)
    const { code, stderr } = await presslark(['run', '--once', '--quiet'], folder)
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /^presslark: morning\/1 by email was not delivered: .*550.*; given up; when it is mended: presslark deliveries retry 1$/m,
    )
    expect(stderr).toMatch(
      /^presslark: morning\/1 by slack was not delivered: .*CHAT_ADDRESS; tried again from 20.* UTC on$/m,
    )
    expect(sink.received).toHaveLength(1)
    const later = await presslark(['run', '--once', '--quiet'], folder) // nothing was tried: nothing is new
    expect(later).toEqual({ code: 0, stdout: '', stderr: '' })
  })
})
