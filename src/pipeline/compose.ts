// Puts an edition together from everything the store gathered: what comes first, what is told, what is only counted.
import type { Edition, EditionMaterial } from '../model/digest.ts'
import { displayLine } from '../text/display-line.ts'
import { composeAppendix } from './compose-appendix.ts'
import { composeCorrections, composeWithdrawals } from './compose-corrections.ts'
import { composeCoverage } from './compose-coverage.ts'
import { developingLine, sortByNews } from './compose-developing.ts'
import { gatherStories, isFresh, isGoodEnough } from './compose-draft.ts'
import { composeGlance } from './compose-glance.ts'
import { ranked, topStories } from './compose-rank.ts'
import { composeSections } from './compose-sections.ts'
import { storyLine } from './compose-story.ts'
import { executiveEdition } from './executive-edition.ts'

/**
 * One issue of a digest, in the fixed order that docs/notes/edition.md gives. The same material always gives the same
 * edition. Titles come out as single lines without invisible characters; links are http, https or mailto, or absent.
 */
export function composeEdition(material: EditionMaterial): Edition {
  const whole = wholeEdition(material)
  const { detail, look } = material.digest
  return detail === 'executive' ? executiveEdition(whole, look?.logo !== undefined) : whole
}

function wholeEdition(material: EditionMaterial): Edition {
  const { digest, number, window, topics } = material
  const { fresh, developing, repeats } = sortByNews(gatherStories(material), material)
  const withdrawals = composeWithdrawals(material)
  const top = topStories([...fresh, ...developing], topics)
  const shownDeveloping = ranked(developing).slice(0, Math.max(1, digest.storiesPerSection))
  return {
    digestId: digest.id,
    name: displayLine(digest.name),
    number,
    window,
    timeZone: digest.timeZone,
    language: digest.language,
    ...(digest.intro !== undefined && { intro: digest.intro }),
    ...(digest.footer !== undefined && { footer: digest.footer }),
    coverage: composeCoverage(material),
    topStories: top.map((draft) => storyLine(draft, draft.topicIds[0] ?? '')),
    atAGlance: composeGlance(material),
    sections: composeSections(material, fresh),
    developing: shownDeveloping.map((draft) => developingLine(draft, material)),
    developingMore: developing.length - shownDeveloping.length,
    repeatsSuppressed: repeats.length,
    belowMinimumGrade: belowMinimumGrade(material),
    corrections: composeCorrections(material),
    ...(withdrawals.length > 0 && { withdrawals }),
    appendix: composeAppendix(material),
  }
}

function belowMinimumGrade(material: EditionMaterial): number {
  const { articles, digest } = material
  return articles.filter((one) => isFresh(one, material) && !isGoodEnough(one.outlet, digest)).length
}
