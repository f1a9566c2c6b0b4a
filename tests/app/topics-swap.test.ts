// Rules edited under a running service, through the real process: it looks at its files at each tick, every fifteen
// seconds, which pass five times as fast here.
import { writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { ended, start } from './command-line.ts'
import { listen, rss, sourceLine, writeDesk } from './local-desk.ts'
import { databaseOf } from './topics-desk.ts'

const feedCount = 40
const rules = (harvest: string, bridge: string): string =>
  `watchlists: [{id: all, name: All, topics: all}]\ntopics:\n  - {id: harvest, name: Harvest, ${harvest}}\n  - {id: bridge, name: Bridge, ${bridge}}\n`
const before = rules('any: [harvest]', 'any: [bridge]')
const after = rules('any: [wheat]', 'any: [river]')
const broken = rules('any: [wheat]', 'anny: [river]')

/** A report that both rules of both topics find, and that is no copy of another. */
function report(number: number): string {
  const words = Array.from({ length: 12 }, (_, at) => `w${(number * 7919 + at * 104_729).toString(36)}`)
  const item = {
    id: `r${number}`,
    title: `${words.slice(0, 6).join(' ')} harvest wheat`,
    text: `${words.slice(6).join(' ')} bridge river.`,
  }
  return rss(`Feed ${number}`, [item])
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; waited < 40_000 && !condition(); waited += 50)
    await new Promise((resolve) => setTimeout(resolve, 50))
}

/** Of each article the terms that matched, with the version of the rule, in the order in which the articles came. */
function evidence(file: string): readonly string[] {
  const db = new Database(file, { readonly: true })
  const rows = db
    .prepare(
      `select group_concat(distinct term || ' v' || rule_version order by term) from topic_match group by article_id order by article_id`,
    )
    .pluck()
    .all()
  db.close()
  return rows.map(String)
}

it('a broken edit keeps the rules and says so; a good one tags every later article by all of the new rules', async () => {
  const waiting: ServerResponse[] = []
  const local = await listen((_, response) => void waiting.push(response), '0.0.0.0')
  const port = new URL(local.origin).port
  const lines = Array.from({ length: feedCount }, (_, index) =>
    sourceLine(`s${index}`, `http://127.0.0.${index + 2}:${port}/`),
  )
  const folder = writeDesk({
    presslark: 'http: {timeout: 10m, concurrency: 60}\n',
    sources: `sources:\n${lines.join('')}`,
    topics: before,
  })
  const topics = join(folder, 'config/topics.yaml')
  const quickly = { NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, 'quick-clock.ts'))}` }
  const service = start(['run'], folder, quickly)
  const end = ended(service)
  let log = ''
  service.stderr?.on('data', (text: string) => {
    log += text
  })
  let answered = 0
  const answerOne = (): void => {
    waiting.shift()?.writeHead(200, { 'content-type': 'application/rss+xml' }).end(report(answered++))
  }
  const ingested = (): number => log.match(/"ingested"/g)?.length ?? 0
  try {
    await until(() => waiting.length === feedCount)
    writeFileSync(topics, broken)
    await until(() => log.includes('the old one stays in force'))
    expect(log).toContain('anny')
    answerOne()
    await until(() => ingested() === 1)
    writeFileSync(topics, after)
    // One report after another, before, while and after the rules are swapped.
    for (let late = 0; late < 4 && waiting.length > 0; ) {
      answerOne()
      await new Promise((resolve) => setTimeout(resolve, 400))
      if (log.includes('configuration read again')) late++
    }
    await until(() => ingested() === answered)
  } finally {
    service.kill('SIGTERM')
    await end
    await local.close()
  }
  const found = evidence(databaseOf(folder))
  const old = found.filter((terms) => terms === 'bridge v1,harvest v1')
  expect(old.length).toBeGreaterThan(0)
  expect(found.length).toBeGreaterThanOrEqual(old.length + 3)
  expect(found).toEqual([...old, ...Array.from(found.slice(old.length), () => 'river v2,wheat v2')])
}, 90_000)
