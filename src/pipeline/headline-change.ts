// What a publisher made of a headline in the window.
import type { EditionArticle, Window } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import { displayTitle } from '../text/display-title.ts'

export type HeadlineChange = {
  readonly oldTitle: string
  readonly newTitle: string
  readonly seenAt: Instant
}

/** From the title before the window to the title now; undefined for none, and for a change that was taken back. */
export function headlineChange(
  { revisions }: Pick<EditionArticle, 'revisions'>,
  { from, until }: Window,
): HeadlineChange | undefined {
  const changes = revisions.filter(({ seenAt }) => seenAt > from && seenAt <= until)
  const [first, last] = [changes[0], changes.at(-1)]
  if (!first || !last) return undefined
  const [oldTitle, newTitle] = [displayTitle(first.oldTitle), displayTitle(last.newTitle)]
  return oldTitle === newTitle ? undefined : { oldTitle, newTitle, seenAt: last.seenAt }
}
