// Terms that bring nothing, and terms that bring most of a topic by themselves.
import { expect, test } from 'vitest'
import type { Topic } from '../../src/model/topic.ts'
import { compileWatchlist, matchingTerms, tagArticle } from '../../src/pipeline/tag.ts'
import { auditTerms } from '../../src/pipeline/term-audit.ts'

/** `term articles/alone note` for each term of a topic, over articles of these titles. */
function audit(rule: Partial<Topic>, titles: readonly string[]): readonly string[] {
  const { watchlist } = compileWatchlist([{ id: 't', name: 'T', ...rule }])
  const terms = auditTerms(watchlist, 't')
  const articles = titles.map((title) => ({ title, lang: 'en' }))
  for (const article of articles)
    if (tagArticle(watchlist, article).length > 0) terms.count(matchingTerms(watchlist, 't', article))
  return terms
    .lines()
    .map(({ term, articles, alone, note }) => `${term} ${articles}/${alone}${note ? ` ${note}` : ''}`)
}

test('a term without articles is dead, also one that occurs only where the topic does not match', () => {
  expect(audit({ any: ['oil', 'gas'] }, ['Oil'])).toEqual(['oil 1/1', 'gas 0/0 dead'])
  expect(audit({ all: ['oil', ['gas', 'tar']] }, ['Oil and gas', 'Tar'])).toEqual([
    'oil 1/0',
    'gas 1/0',
    'tar 0/0 dead',
  ])
})

test('a term that stands alone in more than half of the articles is noisy', () => {
  const titles = ['Oil', 'Oil', 'Oil', 'Oil and gas', 'Gas']
  expect(audit({ any: ['oil', 'gas'] }, titles)).toEqual(['oil 4/3 noisy', 'gas 2/1'])
})

test('a term that finds only what another one finds too is not dead, and neither stands alone', () => {
  expect(audit({ any: ['حزب الله', 'حزب‌الله'] }, ['حزب‌الله'])).toEqual(['حزب الله 1/0', 'حزب‌الله 1/0'])
})

test('exactly half is not noisy', () => {
  const titles = ['Oil', 'Oil', 'Oil', 'Gas', 'Gas and oil', 'Gas']
  expect(audit({ any: ['oil', 'gas'] }, titles)).toEqual(['oil 4/3', 'gas 3/2'])
})

test('beside other terms a term may stand in every article', () => {
  const titles = Array.from({ length: 6 }, () => 'Oil, gas')
  expect(audit({ any: ['oil', 'gas'] }, titles)).toEqual(['oil 6/0', 'gas 6/0'])
})

test('nothing is noisy in a topic of one term, or of a handful of articles', () => {
  expect(
    audit(
      { any: ['oil'] },
      Array.from({ length: 9 }, () => 'Oil'),
    ),
  ).toEqual(['oil 9/9'])
  expect(audit({ any: ['oil', 'gas'] }, ['Oil', 'Oil', 'Oil', 'Gas'])).toEqual(['oil 3/3', 'gas 1/1'])
})

test('excluded terms are no terms of the audit; those of queries, windows and ATLEAST are', () => {
  const query = '("price fall"~3 OR (oil NEAR/3 gas) OR ATLEAST/2(tar)) NOT quiz'
  expect(audit({ query }, ['Prices', 'The price will fall']).map((line) => line.split(' ')[0])).toEqual([
    'price',
    'oil',
    'gas',
    'tar',
  ])
})

test('a topic that matches by metadata has no terms', () => {
  expect(audit({ where: { lang: 'en' } }, ['Oil'])).toEqual([])
})
