// A digest as desks in tests have it, where nothing about it matters.
import type { Digest } from '../../src/model/digest.ts'

export const digest: Digest = {
  id: 'morning',
  name: 'Morning',
  watchlist: 'all',
  schedule: '0 7 * * *',
  timeZone: 'UTC',
  language: 'en',
  channels: [],
  storiesPerSection: 12,
  whenEmpty: 'send',
}
