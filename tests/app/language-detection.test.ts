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
