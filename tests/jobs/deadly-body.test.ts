// A body whose reading ended the thread that read it: the feed has failed. A fetch that we stopped says nothing against its feed.
import { expect, it } from 'vitest'
import { createFetchHandler } from '../../src/jobs/index.ts'
import type { Failed } from '../../src/model/outcome.ts'

const attempt = {
  kind: 'failed',
  reason: 'crashed',
  at: 1000,
  durationMs: 5,
  url: 'https://a.example/feed',
  pace: {},
} as const

function fetchOf(outcome: Failed) {
  const fetch = createFetchHandler({
    fetcher: { fetchFeed: async () => outcome },
    now: () => 1000,
    expand: (text) => text,
  })
  return fetch({
    name: 'fetch',
    id: 'f',
    feed: { feedId: 1, settings: { url: attempt.url }, validators: {} },
  })
}

it('a fetch that was stopped is left to its lease; one whose body killed its reader is told to the writer', async () => {
  expect(await fetchOf({ ...attempt, detail: 'stopped before the response was read' })).toEqual([])
  const deadly = {
    ...attempt,
    status: 200,
    detail: 'the thread that read it ended twice: it ended by itself',
  }
  expect(await fetchOf(deadly)).toEqual([{ name: 'ingest', id: 'ingest-1-1000', feedId: 1, outcome: deadly }])
})
