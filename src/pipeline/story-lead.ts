// Which article speaks for a story.
import type { EditionArticle } from '../model/digest.ts'
import { byCodeUnits } from '../text/code-units.ts'

/** The order of leads: best grade, then earliest, then the one that says most. */
export function byMerit(a: EditionArticle, b: EditionArticle): number {
  return (
    byCodeUnits(a.outlet.grade, b.outlet.grade) ||
    a.firstSeenAt - b.firstSeenAt ||
    completeness(b) - completeness(a) ||
    a.articleId - b.articleId
  )
}

function completeness({ url, summary, body }: EditionArticle): number {
  return (url === undefined ? 0 : 1_000_000) + summary.length + body.length
}
