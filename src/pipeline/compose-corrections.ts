// What their publishers changed in the window: headlines, figures, and articles that they took out of their feeds.
import type {
  Correction,
  EditionArticle,
  EditionMaterial,
  RevisionLine,
  Window,
  Withdrawal,
} from '../model/digest.ts'
import { displayTitle } from '../text/display-title.ts'
import { changedFigures } from '../text/figures.ts'
import { isGoodEnough } from './compose-draft.ts'
import { link } from './compose-story.ts'
import { headlineChange } from './headline-change.ts'

/** One line an article: the title before the window and the title now, or the figures that went and came; a change taken back is none. */
export function composeCorrections({ articles, window, digest }: EditionMaterial): readonly Correction[] {
  return articles
    .filter(({ outlet }) => isGoodEnough(outlet, digest))
    .flatMap((article) => correctionOf(article, window) ?? [])
    .toSorted((a, b) => a.seenAt - b.seenAt || a.articleId - b.articleId)
}

/** One line an outlet and article, the first noticed first. */
export function composeWithdrawals({ articles, window, digest }: EditionMaterial): readonly Withdrawal[] {
  return articles
    .flatMap(({ articleId, title: kept, withdrawals = [] }) =>
      withdrawals
        .filter(
          ({ seenAt, outlet }) =>
            seenAt > window.from && seenAt <= window.until && isGoodEnough(outlet, digest),
        )
        .map(({ outlet, title, url, seenAt }) => {
          return { articleId, outlet, title: displayTitle(title || kept), ...link(url), seenAt }
        }),
    )
    .toSorted((a, b) => a.seenAt - b.seenAt || a.articleId - b.articleId)
}

function correctionOf(article: EditionArticle, window: Window): Correction | undefined {
  const { articleId, outlet, url } = article
  const change = headlineChange(article, window) ?? figureChange(article, window)
  return change && { articleId, outlet, ...link(url), ...change }
}

/** Figures that changed under a headline that stayed. */
function figureChange({ revisions }: EditionArticle, { from, until }: Window) {
  const changes = revisions.filter(({ seenAt }) => seenAt > from && seenAt <= until)
  const last = changes.at(-1)
  const figures = figuresOf(changes)
  if (last === undefined || figures === undefined) return undefined
  const title = displayTitle(last.newTitle)
  return { oldTitle: title, newTitle: title, figures, seenAt: last.seenAt }
}

/** The figures that went and came with the corrections that left the title alone; undefined when there were none, or all were taken back. */
function figuresOf(changes: readonly RevisionLine[]): Correction['figures'] | undefined {
  const corrections = changes.filter(({ oldSummary }) => oldSummary !== undefined)
  const [before, after] = [corrections[0]?.oldSummary, corrections.at(-1)?.newSummary]
  if (before === undefined || after === undefined) return undefined
  if (before === after && corrections.length > 1) return undefined
  return changedFigures(before, after)
}
