import { describe, expect, test } from 'vitest'
import { changedFigures } from '../../src/text/figures.ts'

describe('figures that changed', () => {
  test.each([
    ['12 dead, 30 hurt', '14 dead, 30 hurt', ['12'], ['14']],
    ['1,200 tonnes', '1200 tonnes', [], []],
    ['٤١٢ شخصا', '412 شخصا', [], []],
    ['۱۲ نفر', '۱۵ نفر', ['۱۲'], ['۱۵']],
    ['up 2.5% to 81.', 'up 3.5% to 81.', ['2.5%'], ['3.5%']],
    ['12 and 12 again', '12', [], []],
    ['no figure', 'none either', [], []],
  ])('from "%s" to "%s"', (before, after, gone, come) => {
    expect(changedFigures(before, after)).toEqual({ old: gone, new: come })
  })
})
