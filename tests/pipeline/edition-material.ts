// Material for editions about invented outlets, built as small as a test needs it.
import type { EditionArticle, EditionLanguage, EditionMaterial, Outlet } from '../../src/model/digest.ts'
import type { Span, TextField } from '../../src/model/topic.ts'

export const UNTIL = Date.UTC(2026, 10, 22, 3, 0) // 06:00 in Baghdad
export const FROM = UNTIL - 24 * 60 * 60 * 1000

export function outlet(name: string, details: Partial<Outlet> = {}): Outlet {
  const sourceId = name.toLowerCase().replaceAll(' ', '-')
  return { sourceId, name, family: sourceId, kind: 'independent', grade: 'B', ...details }
}

/** A span of `term` where it first stands in the field. */
export function spanOf(field: TextField, text: string, term: string): Span {
  const start = text.indexOf(term)
  if (start < 0) throw new Error(`${term} does not stand in ${text}`)
  return { field, start, end: start + term.length, term }
}

type ArticleDetails = Partial<Omit<EditionArticle, 'matches'>> & {
  readonly topics?: Readonly<Record<string, string>> // topic id: the term that matched, in the summary, body or title
}

export function article(articleId: number, details: ArticleDetails = {}): EditionArticle {
  const { topics = { water: '' }, ...rest } = details
  const made = {
    articleId,
    storyId: articleId,
    title: `Headline ${articleId}`,
    url: `https://daily.example/${articleId}`,
    summary: '',
    body: '',
    language: 'en',
    firstSeenAt: FROM + articleId * 60_000,
    flags: [],
    outlet: outlet('Daily Example'),
    sightings: [],
    revisions: [],
    ...rest,
  }
  return { ...made, matches: Object.entries(topics).map(([topicId, term]) => match(made, topicId, term)) }
}

function match(made: Omit<EditionArticle, 'matches'>, topicId: string, term: string) {
  const fields = (['summary', 'body', 'title'] as const).filter(
    (field) => term !== '' && made[field].includes(term),
  )
  return { topicId, spans: fields.map((field) => spanOf(field, made[field], term)) }
}

export function material(
  articles: readonly EditionArticle[],
  details: Partial<EditionMaterial> = {},
  language: EditionLanguage = 'en',
): EditionMaterial {
  return {
    digest: {
      id: 'morning',
      name: 'Morning desk',
      watchlist: 'desk',
      schedule: '0 6 * * *',
      timeZone: 'Asia/Baghdad',
      language,
      channels: [],
      storiesPerSection: 5,
      whenEmpty: 'send',
    },
    number: 12,
    window: { from: FROM, until: UNTIL },
    topics: [
      { topicId: 'water', name: 'Water', weight: 2 },
      { topicId: 'trade', name: 'Trade', weight: 1 },
    ],
    articles,
    totalNew: 240,
    totalDuplicates: 31,
    coverage: [],
    baselines: [],
    earlierStories: [],
    ruleVersions: [{ topicId: 'water', version: 3 }],
    configHash: 'c0ffee12',
    ...details,
  }
}
