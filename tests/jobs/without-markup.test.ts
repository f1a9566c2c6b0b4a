// What a fetch hands on to the writer: everything that is stored, and no markup, which nobody stores.
import { expect, it } from 'vitest'
import { createFetchHandler } from '../../src/jobs/index.ts'
import type { Job } from '../../src/model/job.ts'
import { fetched, item } from './desk.ts'

it('the outcome of a fetch travels without the HTML of its entries', async () => {
  const plain = item('1', 'Harvest begins', { summary: 'Wheat comes in', text: 'Wheat comes in late' })
  const marked = {
    ...plain,
    summaryHtml: '<b>Wheat</b> comes in',
    contentHtml: '<p><b>Wheat</b> comes in late</p>',
  }
  const fetch = createFetchHandler({
    fetcher: { fetchFeed: async () => fetched(1000, [marked]) },
    now: () => 1000,
    expand: (text) => text,
  })
  const feed = { feedId: 1, settings: { url: 'https://a.example/feed' }, validators: {} }
  const jobs: readonly Job[] = await fetch({ name: 'fetch', id: 'f', feed })
  expect(jobs).toEqual([{ name: 'ingest', id: 'ingest-1-1000', feedId: 1, outcome: fetched(1000, [plain]) }])
})
