// Editions of one page that are hard to keep on one: long words of the desk, long headlines, many topics, trouble with feeds.
import type { EditionLanguage, EditionMaterial, FeedCoverage } from '../../src/model/digest.ts'
import { composeEdition } from '../../src/pipeline/compose.ts'
import { renderHtml } from '../../src/pipeline/render-html.ts'
import { article, material, outlet } from '../pipeline/edition-material.ts'

const words: Readonly<
  Record<EditionLanguage, { readonly headline: string; readonly long: string; readonly topic: string }>
> = {
  en: {
    headline: 'Reservoir at lowest level in a decade, ministry says',
    long: 'MINISTRY WARNS OF WATER CUTS IN EVERY PROVINCE AS RESERVOIRS FALL TO THEIR LOWEST LEVEL IN A DECADE AND FARMERS DEMAND COMPENSATION FOR A SECOND FAILED HARVEST',
    topic: 'Water and electricity in the southern provinces',
  },
  ar: {
    headline: 'الخزان عند أدنى مستوى منذ عقد بحسب الوزارة',
    long: 'الوزارة تحذر من خفض إمدادات المياه في جميع المحافظات مع تراجع الخزانات إلى أدنى مستوى لها منذ عقد، والمزارعون يطالبون بتعويضات عن موسم ثانٍ من المحاصيل الفاشلة في الجنوب',
    topic: 'المياه والكهرباء في المحافظات الجنوبية',
  },
  fa: {
    headline: 'مخزن سد به پایین‌ترین سطح در یک دهه رسید',
    long: 'وزارت نیرو دربارهٔ کاهش آب در همهٔ استان‌ها هشدار داد؛ ذخیرهٔ سدها به پایین‌ترین سطح در ده سال گذشته رسیده است و کشاورزان برای دومین سال بی‌محصول غرامت می‌خواهند',
    topic: 'آب و برق در استان‌های جنوبی کشور',
  },
}

type Hardship = {
  readonly topics?: number
  readonly isLong?: boolean
  readonly intro?: string
  readonly footer?: string
  readonly troubled?: number
}

const feedIn = (index: number): FeedCoverage => ({
  outlet: outlet(`Outlet ${index}`),
  feedUrl: `https://outlet-${index}.example/feed`,
  state: (['failing', 'silent', 'lossy', 'gone', 'never-fetched'] as const)[index % 5] ?? 'failing',
  newItems: 0,
  usual: 14,
  since: 0,
})

/** Sixty stories in `topics`, some of three independent outlets. */
function hardMaterial(
  language: EditionLanguage,
  { topics = 2, isLong = false, intro, footer, troubled = 0 }: Hardship,
): EditionMaterial {
  const { headline, long, topic } = words[language]
  const headings = Array.from({ length: topics }, (_, index) => ({
    topicId: `t${index}`,
    name: isLong ? `${topic} ${index}` : `${topic.split(' ')[0]} ${index}`,
    weight: 1,
  }))
  const articles = Array.from({ length: 60 }, (_, index) =>
    article(index + 1, {
      storyId: index < 9 ? 100 + Math.floor(index / 3) : index,
      title: `${isLong ? long : headline} ${index}`,
      language,
      topics: { [`t${index % topics}`]: '' },
      outlet: outlet(isLong ? `The Provincial Gazette of Record ${index}` : `Daily ${index}`, {
        country: 'IQ',
        kind: 'state',
      }),
    }),
  )
  const made = material(
    articles,
    { topics: headings, coverage: Array.from({ length: troubled }, (_, index) => feedIn(index)) },
    language,
  )
  return {
    ...made,
    digest: {
      ...made.digest,
      detail: 'executive',
      storiesPerSection: 50,
      ...(intro !== undefined && { intro }),
      ...(footer !== undefined && { footer }),
    },
  }
}

const hardships: Readonly<Record<string, Hardship>> = {
  usual: {},
  'many topics': { topics: 30 },
  'long headlines': { isLong: true },
}

/** HTML by path. */
export const executivePages: Readonly<Record<string, string>> = Object.fromEntries(
  (['en', 'ar', 'fa'] as const).flatMap((language) => {
    const long = Array.from({ length: 30 }, () => words[language].long).join(' ')
    const cases: readonly (readonly [string, Hardship])[] = [
      ...Object.entries(hardships),
      ['a long intro', { intro: long, footer: long }],
      [
        'an intro of many lines',
        {
          intro: long
            .split(' ')
            .slice(0, 40)
            .map((word) => `- ${word}`)
            .join('\n'),
        },
      ],
      ['everything', { topics: 40, isLong: true, troubled: 20, intro: long, footer: long }],
    ]
    return cases.map(([name, hardship]) => [
      `/executive/${language}/${name.replaceAll(' ', '-')}`,
      renderHtml(composeEdition(hardMaterial(language, hardship))),
    ])
  }),
)
