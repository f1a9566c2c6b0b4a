import { expect, test } from 'vitest'
import { composeEdition } from '../../src/pipeline/compose.ts'
import { shortenedEdition } from '../../src/pipeline/shorten.ts'
import { article, material } from './edition-material.ts'

test('a section that mostly names stories told elsewhere keeps as many of them as fit', () => {
  const whole = composeEdition(material([article(1)]))
  const reference = { storyId: 7, title: 'Told elsewhere', toldIn: 'trade' }
  const sections = whole.sections.slice(0, 1).map((one) => ({ ...one, elsewhere: Array(20).fill(reference) }))
  const shortened = shortenedEdition({ ...whole, sections }, (candidate) =>
    candidate.sections.every(({ elsewhere = [] }) => elsewhere.length <= 10),
  )
  expect(shortened.sections.map(({ elsewhere }) => elsewhere?.length)).toEqual([10])
  expect(shortened.sections.map(({ more }) => more)).toEqual(sections.map(({ more }) => more + 10))
})
