// One morning of invented outlets in three languages, for the golden editions: every part of an edition has something to say.
import type {
  EditionArticle,
  EditionLanguage,
  EditionMaterial,
  FeedCoverage,
} from '../../src/model/digest.ts'
import { article, FROM, material, outlet, UNTIL } from './edition-material.ts'

const HOUR = 60 * 60 * 1000
const tigris = outlet('Tigris Post', { country: 'IQ', kind: 'independent', grade: 'A' })
const dijla = outlet('صوت دجلة', {
  sourceId: 'dijla',
  family: 'dijla',
  country: 'IQ',
  kind: 'party',
  grade: 'C',
})
const aftab = outlet('آفتاب البرز', {
  sourceId: 'aftab',
  family: 'aftab-group',
  country: 'IR',
  kind: 'state',
  grade: 'D',
})
const aftabEnglish = outlet('Aftab English', {
  family: 'aftab-group',
  country: 'IR',
  kind: 'state',
  grade: 'D',
})
const harbour = outlet('Harbour Wire', { country: 'GB', kind: 'wire', grade: 'A' })

const dam: readonly EditionArticle[] = [
  article(1, {
    storyId: 10,
    title: 'Mosul dam reservoir at lowest level in a decade, ministry says',
    url: 'https://tigris.example/water/dam?utm_source=rss&id=7',
    summary:
      'Officials met on Saturday. The ministry said water releases from the Mosul dam would be cut by a fifth. Farmers were not consulted.',
    topics: { water: 'water releases', trade: '' },
    publishedAt: UNTIL - 3 * HOUR,
    firstSeenAt: UNTIL - 2.8 * HOUR,
    outlet: tigris,
    sightings: [
      { outlet: harbour, url: 'https://harbour.example/w/1', seenAt: UNTIL - 2 * HOUR, because: 'same-text' },
    ],
    revisions: [
      {
        seenAt: UNTIL - HOUR,
        oldTitle: 'Mosul dam reservoir at lowest level ever, ministry says',
        newTitle: 'Mosul dam reservoir at lowest level in a decade, ministry says',
      },
    ],
  }),
  article(2, {
    storyId: 10,
    title: 'وزارة الموارد: منسوب سد الموصل عند أدنى مستوى منذ عشر سنوات',
    url: 'https://dijla.example/n/55',
    summary: 'قالت الوزارة إن منسوب المياه في السد انخفض إلى أدنى مستوى له.',
    topics: { water: 'المياه' },
    language: 'ar',
    publishedAt: UNTIL - 4 * HOUR,
    firstSeenAt: UNTIL - 3.9 * HOUR,
    outlet: dijla,
  }),
  article(3, {
    storyId: 10,
    title: 'کاهش آب پشت سد موصل؛ کشاورزان نگران‌اند',
    url: 'https://aftab.example/fa/9',
    topics: { water: 'آب' },
    language: 'fa',
    firstSeenAt: UNTIL - 1.5 * HOUR,
    outlet: aftab,
  }),
  article(4, {
    storyId: 10,
    title: 'Water behind Mosul dam falls',
    url: 'https://aftab.example/en/9',
    topics: { water: 'Water' },
    firstSeenAt: UNTIL - 1.4 * HOUR,
    outlet: aftabEnglish,
  }),
]
const others: readonly EditionArticle[] = [
  article(5, {
    title: 'رئیس اتاق بازرگانی: تجارت با همسایگان ۱۲ درصد رشد کرد',
    url: 'https://aftab.example/fa/10',
    body: 'این گزارش روز شنبه منتشر شد. به گفتهٔ او تجارت مرزی در پاییز امسال می‌تواند باز هم افزایش یابد. جزئیات بعداً اعلام می‌شود.',
    topics: { trade: 'تجارت مرزی' },
    language: 'fa',
    publishedAt: UNTIL - 6 * HOUR,
    firstSeenAt: UNTIL - 5 * HOUR,
    outlet: aftab,
  }),
  article(6, {
    title: '[Live] *Ports* <b>reopen</b> & trade resumes [[x]](y)',
    url: 'https://harbour.example/a(b)c?q=1&utm_medium=feed',
    summary: 'Trade resumed at 08:00. See www.evil.example for more.',
    topics: { trade: 'Trade' },
    publishedAt: UNTIL - 10 * HOUR,
    firstSeenAt: UNTIL - 9 * HOUR,
    outlet: harbour,
  }),
  article(7, {
    storyId: 70,
    title: 'Canal talks go into a third week',
    topics: { water: '' },
    firstSeenAt: UNTIL - 7 * HOUR,
    outlet: tigris,
    sightings: [{ outlet: dijla, seenAt: UNTIL - 6 * HOUR, because: 'same-text' }],
  }),
  article(8, {
    storyId: 80,
    title: 'Old news about quotas',
    topics: { trade: '' },
    firstSeenAt: UNTIL - 8 * HOUR,
    outlet: harbour,
  }),
]
const coverage: readonly FeedCoverage[] = [
  { outlet: tigris, feedUrl: 'https://tigris.example/rss', state: 'ok', newItems: 30, usual: 28 },
  { outlet: dijla, feedUrl: 'https://dijla.example/rss', state: 'lossy', newItems: 50, usual: 44 },
  {
    outlet: aftab,
    feedUrl: 'https://aftab.example/feed',
    state: 'silent',
    newItems: 0,
    usual: 14,
    since: UNTIL - 30 * HOUR,
  },
  { outlet: harbour, feedUrl: 'https://harbour.example/atom', state: 'ok', newItems: 9, usual: 10 },
  {
    outlet: outlet('Old Quay'),
    feedUrl: 'https://quay.example/rss',
    state: 'failing',
    newItems: 0,
    since: FROM - 4 * HOUR,
    detail: 'connect: connection refused',
  },
]

const topicNames: Readonly<Record<EditionLanguage, readonly [string, string]>> = {
  en: ['Water', 'Trade & ports'],
  ar: ['المياه', 'التجارة والموانئ'],
  fa: ['آب', 'تجارت و بندرها'],
}

export function goldenMaterial(language: EditionLanguage): EditionMaterial {
  const [water, trade] = topicNames[language]
  const details: Partial<EditionMaterial> = {
    topics: [
      { topicId: 'water', name: water, weight: 2 },
      { topicId: 'trade', name: trade, weight: 1 },
    ],
    coverage,
    baselines: [
      { topicId: 'water', sameWeekday: [1, 2, 1, 2], lastDays: [1, 0, 2, 3, 1, 0, 0, 2, 1, 4, 2, 1, 3, 2] },
      { topicId: 'trade', sameWeekday: [4, 3], lastDays: [3, 2, 4, 3] },
    ],
    earlierStories: [
      { storyId: 70, outlets: 1, languages: ['en'], sourceIds: ['tigris-post'] },
      { storyId: 80, outlets: 1, languages: ['en'], sourceIds: ['harbour-wire'] },
    ],
  }
  return material([...dam, ...others], details, language)
}
