import { describe, expect, test } from 'vitest'
import { createDuplicateIndex } from '../../src/pipeline/dedupe-index.ts'

const text = 'We shall rebuild the old harbour before the winter storms return to the coast.'

function report(articleId: number, title: string, sourceId = `s${articleId}`) {
  return { articleId, sourceId, family: sourceId, title, text, at: Date.UTC(2026, 0, 1) + articleId * 60_000 }
}

function nearestTo(title: string, ...known: readonly string[]): number | undefined {
  const index = createDuplicateIndex()
  for (const [place, one] of known.entries()) index.add(report(place + 1, one))
  return index.nearest(report(99, title))?.articleId
}

describe('one sentence under two names', () => {
  test('is two reports, where the names stand before it', () => {
    expect(
      nearestTo('Samira: We shall rebuild the old harbour', 'Baqer: We shall rebuild the old harbour'),
    ).toBe(undefined)
  })

  test('is two reports, where the names stand behind it', () => {
    expect(
      nearestTo('We shall rebuild the old harbour (Samira)', 'We shall rebuild the old harbour (Baqer)'),
    ).toBe(undefined)
  })

  test('is two reports when the headlines are cut at different lengths', () => {
    expect(
      nearestTo(
        'Samira: We shall rebuild the old harbour',
        'Baqer: We shall rebuild the old harbour before the winter',
      ),
    ).toBe(undefined)
  })

  test('is two reports, also when copies of both name outlets that nobody knows', () => {
    const known = [
      'Baqer: We shall rebuild the old harbour',
      'Baqer: We shall rebuild the old harbour - Coast News',
    ]
    expect(nearestTo('Samira: We shall rebuild the old harbour - Baqer Times', ...known)).toBe(undefined)
  })

  test('is two reports, where a common word is the name', () => {
    expect(
      nearestTo(
        'Rose: We shall rebuild the old harbour',
        'Video from Baqer: We shall rebuild the old harbour',
      ),
    ).toBe(undefined)
  })

  test('is two reports though a copy of the first with a common word for a name lies between', () => {
    const known = ['Baqer: We shall rebuild the old harbour', 'Today: We shall rebuild the old harbour']
    const index = createDuplicateIndex()
    index.add(report(1, known[0] ?? ''))
    index.add(report(2, known[1] ?? ''), 1)
    expect(index.nearest(report(3, 'Samira: We shall rebuild the old harbour'))).toBe(undefined)
  })
})

describe('one report under two headlines', () => {
  test('is a copy when an outlet adds its own name', () => {
    const title = 'Baqer: We shall rebuild the old harbour'
    expect(nearestTo(`${title} - Coast News`, title)).toBe(1)
  })

  test('is a copy when two outlets add their names', () => {
    const title = 'Baqer: We shall rebuild the old harbour'
    expect(nearestTo(`${title} - Coast News`, `${title} | Niqare Herald`)).toBe(1)
  })

  test('is a copy when an outlet begins it with other words', () => {
    const known = 'Explosion kills five in the old harbour market'
    expect(nearestTo('Bomb blast kills five in the old harbour market', known)).toBe(1)
  })

  test('is found behind the name of an outlet among many reports of the same text', () => {
    const known = Array.from({ length: 60 }, (_, n) => `Name${n}abc: We shall rebuild the old harbour`)
    expect(nearestTo(`${known[3]} - Coast News`, ...known)).toBe(4)
  })

  test('is a copy when only one of the two names somebody', () => {
    expect(nearestTo('We shall rebuild the old harbour', 'Baqer: We shall rebuild the old harbour')).toBe(1)
  })

  test('is found under its own headline among many reports of the same text', () => {
    const known = Array.from({ length: 30 }, (_, n) => `Name${n}abc: We shall rebuild the old harbour`)
    expect(nearestTo(known[3] ?? '', ...known)).toBe(4)
  })
})
