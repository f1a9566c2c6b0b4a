import { expect, test } from 'vitest'
import { wireCredit } from '../../src/text/wire-credit.ts'

test.each([
  ['DUBAI, Nov 20 (Reuters) - Iran will resume talks within weeks.', 'Reuters'],
  ['بغداد (رويترز) - قال مسؤولون إن المحادثات ستستأنف.', 'Reuters'],
  ['PARIS (AFP) — Talks will resume.', 'AFP'],
  ['Talks will resume, the ministry said. (Photo: AFP/Getty)', 'AFP'],
  ['BAGHDAD (AP) - Talks will resume.', 'AP'],
  ['Copyright 2026 The Associated Press. All rights reserved.', 'AP'],
  ['به گزارش ایرنا، سخنگوی وزارت خارجه گفت مذاکرات ادامه دارد.', 'IRNA'],
  ['به گزارش خبرگزاری فارس، تیم ملی پیروز شد.', 'Fars'],
  ['تهران (خبرگزاری مهر) - مذاکرات ادامه دارد.', 'Mehr'],
  ['به نقل از تسنیم مذاکرات ادامه دارد.', 'Tasnim'],
  ['نقلا عن وكالة الأناضول قال الوزير إن المحادثات مستمرة.', 'Anadolu'],
  ['قال الوزير لوكالة شينخوا إن المحادثات مستمرة.', 'Xinhua'],
  [`${'A long report. '.repeat(60)}(Reporting by Reuters staff)`, 'Reuters'],
  ['(Reuters) - The ministry told AP (AFP) that talks go on.', 'Reuters'],
])('%s', (text, agency) => {
  expect(wireCredit(text)).toBe(agency)
})

test.each([
  '',
  'Protesters gathered before the Reuters building in London.',
  'The Fars province was hit by floods.',
  'آتش‌سوزی در استان فارس مهار شد.',
  'He has a happy (and ample) life.',
  'The SPA in Sulaymaniyah opened its doors.',
  'این نشست دیروز (۱۲ مهر) برگزار شد.',
  'سیل در جنوب (استان فارس) جاده‌ها را بست.',
  'ماه مهر آغاز شد و مدارس باز شدند.',
])('no credit: %s', (text) => {
  expect(wireCredit(text)).toBeUndefined()
})
