import { createHash } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createDeliverer } from '../../src/deliver/index.ts'
import { createDeliverHandler, issueEdition, plan, retagArchive } from '../../src/jobs/index.ts'
import type { Channel, Digest } from '../../src/model/digest.ts'
import { compileWatchlist } from '../../src/pipeline/tag.ts'
import { fetched, item, openDesk } from './desk.ts'

const hourMs = 3_600_000
const start = Date.parse('2026-11-20T00:00:00Z')
const until = start + 7 * hourMs
const digestWith = (channels: readonly Channel[], more: Partial<Digest> = {}): Digest => ({
  id: 'morning',
  name: 'Morning',
  watchlist: 'all',
  schedule: '0 7 * * *',
  timeZone: 'UTC',
  language: 'en',
  channels,
  storiesPerSection: 12,
  whenEmpty: 'send',
  ...more,
})

function openMorning(digest: Digest) {
  const desk = openDesk()
  onTestFinished(() => desk.store.close())
  desk.store.editions.register(digest.id, start)
  const deps = { store: desk.store, desk: () => desk.desk, now: () => start, mailDomain: 'desk.example' }
  return { ...desk, issue: (at: number) => issueEdition(deps, digest, at) }
}

describe('an edition as of a time', () => {
  test('is the same to the byte after 1,000 further articles and a retag', async () => {
    const { ingest, issue, store } = openMorning(digestWith([{ kind: 'stdout', format: 'md' }]))
    await ingest(
      1,
      fetched(start + hourMs, [item('1', 'Harvest begins early'), item('2', 'Wheat prices fall')]),
    )
    const issued = issue(until)
    for (let batch = 0; batch < 10; batch++) {
      const items = Array.from({ length: 100 }, (_, index) =>
        item(
          `${batch}-${index}`,
          `Harvest of field ${batch * 100 + index}, by ${index * 13} people in ${batch} days`,
        ),
      )
      await ingest(2, fetched(start + (2 + batch) * hourMs, items))
    }
    const barley = { id: 'harvest', name: 'Harvest', any: ['barley'] }
    store.topics.register([barley], until)
    const { watchlist } = compileWatchlist([barley])
    const rules = [{ topicId: 'harvest', version: 2 }]
    const { topics } = await retagArchive({ store, rules, watchlist, since: 0 }, () => undefined)
    expect(topics).toMatchObject([{ lost: 1002 }])
    const again = issue(until)
    expect(again.bodies).toEqual(issued.bodies)
    expect(again.edition).toEqual(issued.edition)
    expect(store.editions.list('morning', 10)).toHaveLength(1)
    expect(store.deliveries.list(10)).toHaveLength(1)
  }, 60_000)
})

describe('the manifest of an edition', () => {
  test('is the SHA-256 of its JSON without it, whoever holds a copy, and stands in every format', async () => {
    const { ingest, issue, store } = openMorning(digestWith([{ kind: 'stdout', format: 'md' }]))
    await ingest(1, fetched(start + hourMs, [item('1', 'Harvest begins early'), item('2', 'حصاد القمح')]))
    const { bodies } = issue(until)
    const copy = JSON.parse(bodies.json) as { appendix: { manifest?: string } } // what renderJson writes
    const { manifest = '' } = copy.appendix
    delete copy.appendix.manifest
    const bytes = `${JSON.stringify(copy, null, 2)}\n`
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(manifest)
    expect(store.editions.list('morning', 1)).toMatchObject([{ manifest }])
    for (const format of ['md', 'html', 'text'] as const)
      expect(bodies[format].replace(/<[^>]+>/g, '')).toContain(`Manifest ${manifest.slice(0, 16)}`)
  })
})

describe('D18 a window without news', () => {
  test('sends an edition that says so, in every format', () => {
    const { issue, store } = openMorning(digestWith([{ kind: 'stdout', format: 'md' }]))
    const { bodies } = issue(until)
    for (const format of ['md', 'html', 'text'] as const)
      expect(bodies[format]).toContain('nothing can be said about coverage')
    expect(store.deliveries.list(10)).toHaveLength(1)
  })

  test('sends none when that is asked for; the edition is kept all the same', () => {
    const { issue, store } = openMorning(
      digestWith([{ kind: 'stdout', format: 'md' }], { whenEmpty: 'skip' }),
    )
    issue(until)
    expect(store.deliveries.list(10)).toEqual([])
    expect(store.editions.list('morning', 10)).toHaveLength(1)
  })
})

describe('a long edition', () => {
  const html = { kind: 'file', path: 'x.html', format: 'html' } as const
  const mail = { kind: 'email', to: ['ana@desk.example'] } as const

  test('D09 is whole in its HTML and cut in the mail that carries it', async () => {
    const digest = digestWith([html, mail], { storiesPerSection: 200, thread: true })
    const { desk, ingest, issue, store } = openMorning(digest)
    const items = Array.from({ length: 180 }, (_, index) =>
      item(`i${index}`, `Harvest of field ${index * 7919}, by ${index} people`, {
        summary: `The harvest of field ${index * 7919} was brought in by ${index} people in ${index * 3} days; ${'x'.repeat(300)}`,
      }),
    )
    await ingest(1, fetched(start + hourMs, items))
    const { bodies } = issue(until)
    expect(Buffer.byteLength(bodies.mail ?? '')).toBeLessThanOrEqual(90_000)
    expect(Buffer.byteLength(bodies.html)).toBeGreaterThan(100_000)
    expect(store.editions.read('morning', until)?.bodies).toEqual(bodies)

    const seen: unknown[] = []
    const deliverer = createDeliverer({})
    const withDigest = { ...desk, digests: [digest] }
    const handler = createDeliverHandler({
      store,
      desk: () => withDigest,
      now: () => until,
      deliverer: {
        deliver: (message) => {
          seen.push({ kind: message.channel.kind, mail: message.bodies.mail?.length, thread: message.thread })
          return deliverer.deliver(message)
        },
      },
    })
    for (const job of plan(store, withDigest, until)) if (job.name === 'deliver') await handler(job)
    expect(seen).toEqual([
      { kind: 'file', mail: bodies.mail?.length, thread: undefined },
      {
        kind: 'email',
        mail: bodies.mail?.length,
        thread: expect.stringMatching(/^<morning\.thread\.[0-9a-f]{16}@desk\.example>$/),
      },
    ])
  })
})
