import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { headlineShape, packShape, unpackShape } from '../../src/pipeline/headline-shape.ts'
import { fingerprint } from '../../src/text/fingerprint.ts'

const plain = { label: 0, aside: 0, credit: 0 }

describe('the parts of a headline', () => {
  test.each([
    ['Baqer: We shall rebuild the old harbour', { label: 1 }],
    ['Moqtada al-Sadr: We shall rebuild', { label: 3 }],
    ['رئیسی: بندر قدیمی را می‌سازیم', { label: 1 }],
    ['السوداني: سنعيد بناء الميناء', { label: 1 }],
    ['We shall rebuild the old harbour (Samira)', { aside: 1 }],
    ['We shall rebuild the old harbour - Coast News', { credit: 2 }],
    ['We shall rebuild the old harbour | Coast', { credit: 1 }],
    ['Baqer: We shall rebuild (Selim) – Coast News', { label: 1, aside: 1, credit: 2 }],
    ['UPDATE 2-Baqer: We shall rebuild', { label: 1 }],
    ['Baqer: one thing matters: the harbour', { label: 1 }],
  ])('%s', (title, parts) => {
    expect(headlineShape(title)).toEqual({ ...plain, ...parts })
  })

  test.each([
    'We shall rebuild the old harbour',
    'Talks end at 10:30 without result',
    'Talks at the harbour - 3 dead',
    'Harbour talks fail - ministers leave for the capital at once',
    'A long sentence about the harbour and the town behind it: what next',
    'We shall rebuild (which nobody in the town believed)',
    'Self-made harbour',
    '',
  ])('are none: %s', (title) => {
    expect(headlineShape(title)).toEqual(plain)
  })

  test('count words as a fingerprint does, and never more than it has', () => {
    const piece = fc.constantFrom(
      ...['Baqer', ': ', ' - ', ' | ', '(', ')', 'al-Sadr', '3', 'علی', 'U.S.', ' ', 'rebuild'],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const title = pieces.join(' ')
        const { label, aside, credit } = headlineShape(title)
        expect(label + aside + credit).toBeLessThanOrEqual(fingerprint(title, '').titleCount)
      }),
      { numRuns: 1_000 },
    )
  })

  test('fit into nine bits', () => {
    const few = fc.nat(7)
    fc.assert(
      fc.property(fc.record({ label: few, aside: few, credit: few }), (shape) => {
        expect(packShape(shape)).toBeLessThan(512)
        expect(unpackShape(packShape(shape))).toEqual(shape)
      }),
    )
  })
})
