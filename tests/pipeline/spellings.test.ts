// How a name is spelled in the archive.
import { describe, expect, test } from 'vitest'
import { findSpellings } from '../../src/pipeline/spellings.ts'

/** `written articles newest` of each spelling. */
function spelled(name: string, titles: readonly string[]): readonly string[] {
  const found = findSpellings(name, () => titles.map((title) => ({ title })))
  if ('code' in found) return [found.code]
  return found.spellings.map(
    ({ written, articles, hasPrefix, newest }) =>
      `${written} ${articles} ${titles.indexOf(newest.title)}${hasPrefix ? ' prefix' : ''}`,
  )
}

describe('a name in Latin letters', () => {
  test('is found in its other romanisations, with counts and the newest article of each', () => {
    const titles = ['Qassem Soleimani', 'Qasem Soleimani', 'Qassem Soleimani again', 'Hassan Soleimani']
    expect(spelled('Qassem Soleimani', titles)).toEqual(['Qassem Soleimani 2 2', 'Qasem Soleimani 1 1'])
  })

  test('is one spelling whatever its case and its accents, shown as most often written', () => {
    expect(spelled('Hussein', ['HUSSEIN', 'Hussein', 'Hussein', 'Husséin'])).toEqual(['Hussein 4 3'])
  })

  test('counts an article once for each spelling', () => {
    expect(spelled('Hussein', ['Hussein, Husayn and Hussein'])).toEqual(['Hussein 1 0', 'Husayn 1 0'])
  })

  test('that is too short to be told from others is refused', () => {
    expect(spelled('Ali', ['Ali'])).toEqual(['E_SHORT_NAME'])
  })
})

describe('a name in Arabic letters', () => {
  test('is found in the letters that fold alike', () => {
    const titles = ['قاسم سليماني', 'قاسم سلیمانی', 'قاسم سليماني اليوم']
    expect(spelled('قاسم سليماني', titles)).toEqual(['قاسم سليماني 2 2', 'قاسم سلیمانی 1 1'])
  })

  test('is marked where a short word is attached', () => {
    expect(spelled('بغداد', ['وبغداد', 'بغداد'])).toEqual(['وبغداد 1 0 prefix', 'بغداد 1 1'])
  })
})

test('what is no name is refused', () => {
  expect(spelled('…', ['Oil'])).toEqual(['E_EMPTY_TERM'])
})
