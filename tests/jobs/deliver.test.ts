// C05: what is sent are the bytes that were stored when the edition was made, at every attempt.
import { expect, test } from 'vitest'
import type { Deliverer } from '../../src/deliver/index.ts'
import { createDeliverHandler, issueEdition } from '../../src/jobs/index.ts'
import type { Digest } from '../../src/model/digest.ts'
import { fetched, item, openDesk } from './desk.ts'

const minuteMs = 60_000
const noon = Date.parse('2026-11-20T12:00:00Z')
const digest: Digest = {
  id: 'noon',
  name: 'Noon',
  watchlist: 'all',
  schedule: '0 12 * * *',
  timeZone: 'UTC',
  language: 'en',
  channels: [{ kind: 'email', to: ['ana@desk.example'] }],
  storiesPerSection: 12,
  whenEmpty: 'send',
}

test('a delivery that is tried again sends the stored edition, whatever was stored since (C05)', async () => {
  const { store, desk, ingest } = openDesk()
  store.editions.register(digest.id, noon - 60 * minuteMs)
  await ingest(1, fetched(noon - 30 * minuteMs, [item('1', 'Harvest begins')]))
  const deps = { store, desk: () => desk, now: () => noon, mailDomain: 'desk.example' }
  const { bodies } = issueEdition(deps, digest, noon)
  const sent: Parameters<Deliverer['deliver']>[0][] = []
  let clock = noon
  const deliver = createDeliverHandler({
    store,
    desk: () => desk,
    now: () => clock,
    deliverer: {
      deliver: async (message) => {
        sent.push(message)
        return sent.length === 1 ? { kind: 'temporary', detail: '451' } : { kind: 'sent', detail: '250' }
      },
    },
  })
  await deliver({ name: 'deliver', id: 'deliver-1', deliveryId: 1 })
  await ingest(1, fetched(noon + 1, [item('1', 'Harvest is late'), item('2', 'Harvest of figs')]))
  clock += minuteMs
  await deliver({ name: 'deliver', id: 'deliver-1', deliveryId: 1 })
  expect(sent.map((message) => message.bodies)).toEqual([bodies, bodies])
  expect(sent[1]).toEqual(sent[0])
})
