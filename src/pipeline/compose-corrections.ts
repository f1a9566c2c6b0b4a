// Headlines that their publishers changed in the window.
import type { Correction, EditionArticle, EditionMaterial } from '../model/digest.ts'
import { displayTitle } from '../text/display-title.ts'
import { isGoodEnough } from './compose-draft.ts'
import { link } from './compose-story.ts'

/** One line an article: the title before the window and the title now; a change taken back is none. */
export function composeCorrections({ articles, window, digest }: EditionMaterial): readonly Correction[] {
  return articles
    .filter(({ outlet }) => isGoodEnough(outlet, digest))
    .flatMap((article) => correctionOf(article, window.from, window.until) ?? [])
    .toSorted((a, b) => a.seenAt - b.seenAt || a.articleId - b.articleId)
}

function correctionOf(article: EditionArticle, from: number, until: number): Correction | undefined {
  const changes = article.revisions.filter(({ seenAt }) => seenAt > from && seenAt <= until)
  const [first, last] = [changes[0], changes.at(-1)]
  if (!first || !last) return undefined
  const [oldTitle, newTitle] = [displayTitle(first.oldTitle), displayTitle(last.newTitle)]
  if (oldTitle === newTitle) return undefined
  const { articleId, outlet } = article
  return { articleId, outlet, ...link(article.url), oldTitle, newTitle, seenAt: last.seenAt }
}
