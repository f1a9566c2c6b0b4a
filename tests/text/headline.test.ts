import { expect, test } from 'vitest'
import { bareHeadline } from '../../src/text/headline.ts'
import { isLivePage } from '../../src/text/live-page.ts'

test.each([
  ['UPDATE 2-Oil rises on supply worries', 'Oil rises on supply worries', ['update']],
  ['CORRECTED-Bomb kills three in Kirkuk', 'Bomb kills three in Kirkuk', ['correction']],
  ['REFILE-UPDATE 1-Oil rises', 'Oil rises', ['update', 'update']],
  ['BREAKING: Parliament dissolved', 'Parliament dissolved', ['breaking']],
  ['Breaking news | Parliament dissolved', 'Parliament dissolved', ['breaking']],
  ['عاجل: مجلس النواب يصوت على الموازنة', 'مجلس النواب يصوت على الموازنة', ['breaking']],
  ['عاجل | مجلس النواب يصوت', 'مجلس النواب يصوت', ['breaking']],
  ['خبر عاجل.. مجلس النواب يصوت', 'مجلس النواب يصوت', ['breaking']],
  ['فوری/ مجلس رأی داد', 'مجلس رأی داد', ['breaking']],
  ['تصحيح: ثلاثة قتلى', 'ثلاثة قتلى', ['correction']],
  ['EXCLUSIVE-Ministry plans new port', 'Ministry plans new port', []],
  ['LIVE: Election results', 'Election results', ['live']],
  ['مباشر: نتائج الانتخابات', 'نتائج الانتخابات', ['live']],
])('the marks of %s are taken off and kept as flags', (title, text, flags) => {
  expect(bareHeadline(title)).toEqual({ text, flags })
})

test.each([
  'Update on talks with Kurdish region',
  'Breaking the siege of Kobani',
  'خطوة عاجلة لدعم الدينار',
  'کودک زنده ماند',
  'أثر مباشر على الأسعار',
  'Live ammunition used in Basra',
  'BREAKING:',
  'Well-known singer returns - to applause',
  '',
])('%s has no marks', (title) => {
  expect(bareHeadline(title)).toEqual({ text: title, flags: [] })
})

test('a live page is told by its address or its headline', () => {
  expect(isLivePage('Iran talks', 'https://a.example/live/77')).toBe(true)
  expect(isLivePage('Iran talks', 'https://a.example/news/liveblog-iran')).toBe(true)
  expect(isLivePage('Iran live: Tehran responds', undefined)).toBe(true)
  expect(isLivePage('Election results - live', undefined)).toBe(true)
  expect(isLivePage('How to live longer', 'https://a.example/living/1')).toBe(false)
  expect(isLivePage('Olive harvest: a record', 'https://a.example/oliver/1')).toBe(false)
})
