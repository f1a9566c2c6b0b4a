// Puts an alert together: a small edition with the stories that nobody was told of yet, or those behind a spike.

import type { Alert } from '../model/alert.ts'
import type { AlertNotice, Edition, EditionArticle, EditionMaterial } from '../model/digest.ts'
import { composeEdition } from './compose.ts'
import { sortByNews } from './compose-developing.ts'
import { gatherStories, type StoryDraft } from './compose-draft.ts'

/** `backlog`: articles that a feed already held when it was first heard. They are no news, only the past of that feed. */
export type AlertMaterial = { readonly material: EditionMaterial; readonly backlog: ReadonlySet<number> }

function isNews(
  { articleId, publishedAt, firstSeenAt }: EditionArticle,
  backlog: ReadonlySet<number>,
  maxAgeMs: number,
) {
  return !backlog.has(articleId) && (publishedAt === undefined || firstSeenAt - publishedAt <= maxAgeMs)
}

function withStories(material: EditionMaterial, drafts: readonly StoryDraft[]): EditionMaterial {
  const told = new Set(drafts.map(({ storyId }) => storyId))
  return { ...material, articles: material.articles.filter(({ storyId }) => told.has(storyId)) }
}

/** Stories that this alert has not told and that enough independent outlets report; undefined when there are none. */
export function composeImmediate(
  { material, backlog }: AlertMaterial,
  { minimumOutlets, maxAgeMs }: Pick<Alert, 'minimumOutlets' | 'maxAgeMs'>,
): Edition | undefined {
  const { fresh } = sortByNews(gatherStories(material), material)
  const worthy = fresh.filter(
    ({ voices, articles }) =>
      voices >= minimumOutlets && articles.some((article) => isNews(article, backlog, maxAgeMs)),
  )
  if (worthy.length === 0) return undefined
  return { ...composeEdition(withStories(material, worthy)), alert: { kind: 'immediate' } }
}

/** What the spiking topics are about; the material holds the window of the spike and these topics alone. */
export function composeSpike(
  material: EditionMaterial,
  notice: Extract<AlertNotice, { kind: 'spike' }>,
): Edition {
  return { ...composeEdition({ ...material, earlierStories: [] }), alert: notice }
}
