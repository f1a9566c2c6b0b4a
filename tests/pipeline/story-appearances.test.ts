// Where a story stood: each link of each outlet once, first seen first.
import { expect, test } from 'vitest'
import { appearancesOf } from '../../src/pipeline/story-appearances.ts'
import { article, FROM, outlet } from './edition-material.ts'

const gazette = outlet('Gazette')
const url = 'https://gazette.example/bridge'
const copy = (minutes: number, at = url) => ({
  outlet: gazette,
  url: at,
  seenAt: FROM + minutes * 60_000,
  because: 'same-url',
})

test('an outlet that shows one link in several feeds appears once, when it was first seen', () => {
  const sightings = [copy(9), copy(3), copy(5, 'https://gazette.example/live')]
  const shown = appearancesOf([article(1, { sightings, firstSeenAt: FROM })])
  expect(shown.map((one) => [one.url, (one.at - FROM) / 60_000])).toEqual([
    ['https://daily.example/1', 0],
    [url, 3],
    ['https://gazette.example/live', 5],
  ])
})

test('an outlet that is not accepted does not appear', () => {
  const accepted = appearancesOf(
    [article(1, { sightings: [copy(1)] })],
    ({ sourceId }) => sourceId !== gazette.sourceId,
  )
  expect(accepted.map((one) => one.outlet.name)).toEqual(['Daily Example'])
})
