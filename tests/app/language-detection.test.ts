import { expect, test } from 'vitest'
import { createLanguageDetection } from '../../src/app/language-detection.ts'
import { fetched, item } from '../jobs/desk.ts'

test('the statistics are loaded once, when an entry comes that nobody says the language of, and before it is read', async () => {
  let loads = 0
  const { detect, before } = createLanguageDetection(
    (feedId) => feedId === 2,
    async () => {
      loads++
      return () => 'fi'
    },
  )
  const read: string[] = []
  const handler = before(async ({ outcome }) => {
    if (outcome.kind === 'fetched') for (const { title = '' } of outcome.feed.items) read.push(detect(title))
    return []
  })
  const send = (language: { readonly language?: string }, ofFeed?: string, feedId = 1) => {
    const outcome = fetched(1, [item('1', 'Tänään sataa', language)])
    const feed = ofFeed === undefined ? outcome.feed : { ...outcome.feed, language: ofFeed }
    return handler({ name: 'ingest', id: 'x', feedId, outcome: { ...outcome, feed } })
  }
  await send({ language: 'fi' })
  await send({}, 'fi')
  await send({}, undefined, 2)
  expect([loads, read.length]).toEqual([0, 3])
  await send({})
  await send({})
  expect(loads).toBe(1)
  expect(read.slice(3)).toEqual(['fi', 'fi'])
})

test('outcomes that come while the statistics are loaded wait for them, and pass in the order in which they came', async () => {
  const loaded = Promise.withResolvers<() => string>()
  let loads = 0
  const { before } = createLanguageDetection(
    () => false,
    () => {
      loads++
      return loaded.promise
    },
  )
  const stored: string[] = []
  const handler = before(async ({ id }) => {
    stored.push(id)
    return []
  })
  const send = (id: string, language: { readonly language?: string }) =>
    handler({ name: 'ingest', id, feedId: 1, outcome: fetched(1, [item('1', 'Sataa', language)]) })
  const all = [send('a', { language: 'fi' }), send('b', {}), send('c', { language: 'fi' }), send('d', {})]
  loaded.resolve(() => 'fi')
  await Promise.all(all)
  expect({ stored, loads }).toEqual({ stored: ['a', 'b', 'c', 'd'], loads: 1 })
})
