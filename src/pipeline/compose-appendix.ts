// Everything that matched, by outlet, and under which rules it was chosen.

import type { Appendix, EditionArticle, EditionMaterial } from '../model/digest.ts'
import { byCodeUnits } from '../text/code-units.ts'
import { displayTitle } from '../text/display-title.ts'
import { freshArticles } from './compose-draft.ts'
import { link } from './compose-story.ts'

/** Every fresh article once, also those that sections had no room for: outlets by name, articles as they were seen. */
export function composeAppendix(material: EditionMaterial): Appendix {
  const fresh = freshArticles(material)
  const byOutlet = [...Map.groupBy(fresh, ({ outlet }) => outlet.sourceId).values()]
  return {
    links: byOutlet.flatMap((articles) => outletLinks(articles) ?? []).toSorted(byName),
    ruleVersions: material.ruleVersions,
    configHash: material.configHash,
  }
}

type OutletLinks = Appendix['links'][number]

function outletLinks(articles: readonly EditionArticle[]): OutletLinks | undefined {
  const sorted = articles.toSorted((a, b) => a.firstSeenAt - b.firstSeenAt || a.articleId - b.articleId)
  const [first] = sorted
  if (!first) return undefined
  const links = sorted.map(({ title, url }) => ({ title: displayTitle(title), ...link(url) }))
  return { outlet: first.outlet, links }
}

function byName(a: OutletLinks, b: OutletLinks): number {
  return byCodeUnits(a.outlet.name, b.outlet.name) || byCodeUnits(a.outlet.sourceId, b.outlet.sourceId)
}
