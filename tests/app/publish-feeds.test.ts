// The folder of our own feeds: written when there is news, and again after a disk that refused.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createFeedPublisher } from '../../src/app/publish-feeds.ts'
import { openRoom, type Room } from '../../src/app/start.ts'
import { createEcho, createIngestHandler } from '../../src/jobs/index.ts'
import { fetched, item } from '../jobs/desk.ts'
import { sourceLine, writeDesk } from './local-desk.ts'

const now = Date.UTC(2026, 10, 22, 6)
const minuteMs = 60_000
const names = ['digest-morning', 'topic-bridge', 'topic-harvest'].flatMap((name) => [
  `${name}.atom`,
  `${name}.json`,
])

async function openDesk() {
  const sources = `sources:\n${sourceLine('wire', 'http://127.0.0.1:8001/feed')}`
  const folder = writeDesk({ presslark: 'feeds: out\n', sources })
  const room = await openRoom({ config: join(folder, 'config'), now })
  onTestFinished(() => room.store.close())
  const out = room.config.settings.feedsFolder ?? ''
  const titles = (): readonly string[] =>
    JSON.parse(readFileSync(join(out, 'topic-bridge.json'), 'utf8')).items.map(
      ({ title }: { title: string }) => title,
    )
  return { room, out, titles, publish: createFeedPublisher(room) }
}

async function ingest({ store, desk }: Room, at: number, title: string): Promise<void> {
  const handler = createIngestHandler({
    store,
    desk,
    echo: createEcho(store, desk),
    now: () => at,
    random: () => 0,
    intervalMs: minuteMs,
    detectLanguage: () => 'en',
  })
  const outcome = fetched(at, [item(title, title, { url: `https://wire.example/${at}` })])
  await handler({ name: 'ingest', id: 'test', feedId: 1, outcome })
}

test('a feed that could not be written is written as soon as it can be', async () => {
  const { out, publish } = await openDesk()
  writeFileSync(out, 'a file where the folder should be')
  expect(() => publish(now)).toThrow()
  rmSync(out)
  publish(now + minuteMs / 4)
  expect(readdirSync(out).toSorted()).toEqual(names)
})

test('a topic is written again when it has news, five minutes later at the earliest', async () => {
  const { room, publish, titles } = await openDesk()
  publish(now)
  expect(titles()).toEqual([])
  await ingest(room, now + minuteMs, 'New bridge opens')
  publish(now + 2 * minuteMs)
  expect(titles()).toEqual([])
  publish(now + 5 * minuteMs)
  expect(titles()).toEqual([expect.stringContaining('New bridge opens')])
})
