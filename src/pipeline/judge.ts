// What becomes of items, in the order in which they came. Each is taken into the indexes of copies and stories at once: the next one may
// resemble it.
import type { StoryClusters, StoryDecision } from './cluster.ts'
import { type Decision, decide, type Known } from './dedupe.ts'
import type { DuplicateIndex } from './dedupe-index.ts'
import { type EchoDocument, printOf } from './echo-document.ts'
import { packReport } from './kept-report.ts'

/** The reports of the last days: whom an item may copy, and whose story it may continue. */
export type Indexes = { readonly duplicates: DuplicateIndex; readonly stories: StoryClusters }

/** The indexes keep what they computed of this very object: it gets its id when it has one, and is never copied. */
export type Unnumbered = { -readonly [K in keyof EchoDocument]: EchoDocument[K] }

/** An item, and what the store knows of it. */
export type Question = {
  readonly document: Unnumbered
  readonly compared: string // the text that revisions are told by
  readonly known: Omit<Known, 'nearest'>
  readonly isLate: boolean // what is known stays as a newer fetch said
}

/**
 * An article of its own: its id, the id of its story, and why it is in it. `report` is what a start needs of it, in memory that is lent
 * for this step.
 */
export type NewVerdict = {
  readonly decision: Extract<Decision, { kind: 'new' }>
  readonly articleId: number
  readonly storyId: number
  readonly place: StoryDecision
  readonly report: Uint8Array
}

/** Something of an article that we have; no `report` when nothing was added to the indexes. */
export type KnownVerdict = {
  readonly decision: Exclude<Decision, { kind: 'new' }>
  readonly report?: Uint8Array
}

/** What becomes of an item. */
export type Verdict = NewVerdict | KnownVerdict

/** The last ids that were given; each new article and each new story takes the next. */
export type LastIds = { articleId: number; storyId: number }

/**
 * One verdict for each question, in order. It ends before a question about an article that an earlier one of them revises: what the store
 * knows of it is not true any more, so ask again when it was written.
 */
export function judgeItems(
  indexes: Indexes,
  questions: readonly Question[],
  lastIds: LastIds,
): readonly Verdict[] {
  const verdicts: Verdict[] = []
  const revised = new Set<number>()
  for (const question of questions) {
    if (revised.size > 0 && isAbout(question, revised)) break
    const verdict = judge(indexes, question, lastIds)
    if (verdict.decision.kind === 'revision') revised.add(verdict.decision.of)
    verdicts.push(verdict)
  }
  return verdicts
}

function isAbout({ known: { sameItem, sameUrl } }: Question, articleIds: ReadonlySet<number>): boolean {
  return [sameItem, sameUrl].some((article) => article !== undefined && articleIds.has(article.articleId))
}

function judge(indexes: Indexes, question: Question, lastIds: LastIds): Verdict {
  const { document, isLate } = question
  const decision = decisionOn(indexes, question)
  if (decision.kind === 'new') return begin(indexes, document, decision, lastIds)
  if (decision.kind === 'unchanged') return { decision }
  const { of, because } = decision
  if (decision.kind === 'revision') {
    if (isLate) return { decision: { kind: 'unchanged', of, because } }
    document.articleId = of
  }
  return { decision, report: takeIn(indexes, document, { of }) }
}

function decisionOn({ duplicates }: Indexes, { document, compared, known }: Question): Decision {
  const { sourceId, title, url } = document
  const isOwn = known.sameItem?.sourceId === sourceId || known.sameUrl?.sourceId === sourceId
  const nearest = isOwn ? undefined : duplicates.nearest(document)
  return decide(
    { sourceId, title, text: compared, ...(url === undefined ? {} : { url }) },
    nearest === undefined ? known : { ...known, nearest },
  )
}

function begin(
  indexes: Indexes,
  document: Unnumbered,
  decision: NewVerdict['decision'],
  lastIds: LastIds,
): NewVerdict {
  const place = indexes.stories.assign(document)
  const storyId = place.storyId === 'new' ? ++lastIds.storyId : place.storyId
  const articleId = ++lastIds.articleId
  document.articleId = articleId
  return { decision, articleId, storyId, place, report: takeIn(indexes, document, { storyId }) }
}

/** Where a report belongs: an article to a story, a copy or a revised text to an article. */
export type ReportPlace = { readonly storyId?: number; readonly of?: number }

/** Adds a report to the indexes; returns what is to be kept of it, see `packReport`. */
export function takeIn(
  { duplicates, stories }: Indexes,
  document: EchoDocument,
  place: ReportPlace,
): Uint8Array {
  const isPosted = duplicates.add(document, place.of)
  const weights = place.storyId === undefined ? undefined : stories.addTo(place.storyId, document)
  const print = printOf(document)
  return packReport({ ...print, print, isPosted, weights })
}
