// Where a story stood: its articles, and every copy of them.
import type { EditionArticle, Outlet } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import { byCodeUnits } from '../text/code-units.ts'

/** One place where a story stood: an article, or a copy of it in another outlet. */
export type Appearance = {
  readonly outlet: Outlet
  readonly at: Instant
  readonly title?: string
  readonly url?: string
  readonly language?: string
}

/** Every appearance of the articles in outlets that are accepted, first seen first, each link of each outlet once. */
export function appearancesOf(
  articles: readonly EditionArticle[],
  isAccepted: (outlet: Outlet) => boolean = () => true,
): readonly Appearance[] {
  const all = articles.flatMap((article) => [own(article), ...copies(article)])
  const accepted = all.filter(({ outlet }) => isAccepted(outlet)).toSorted(byTime)
  const distinct = new Map<string, Appearance>()
  for (const one of accepted) {
    const key = `${one.outlet.sourceId}\n${one.url ?? one.title ?? ''}`
    if (!distinct.has(key)) distinct.set(key, one)
  }
  return [...distinct.values()]
}

function own(article: EditionArticle): Appearance {
  const { outlet, title, url, language, firstSeenAt: at } = article
  return { outlet, at, title, ...(url !== undefined && { url }), ...(language !== undefined && { language }) }
}

/** A copy speaks the language of what it copies; its own title is not kept. */
function copies({ sightings, language }: EditionArticle): Appearance[] {
  return sightings.map(({ outlet, url, seenAt: at }) => ({
    outlet,
    at,
    ...(url !== undefined && { url }),
    ...(language !== undefined && { language }),
  }))
}

function byTime(a: Appearance, b: Appearance): number {
  return (
    a.at - b.at || byCodeUnits(a.outlet.sourceId, b.outlet.sourceId) || byCodeUnits(a.url ?? '', b.url ?? '')
  )
}
