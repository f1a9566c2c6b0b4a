// Whom we really heard, so that silence is never mistaken for peace.

import type { CoverageSummary, EditionMaterial, FeedCoverage } from '../model/digest.ts'
import { byCodeUnits } from '../text/code-units.ts'

// The worst first.
const STATES: readonly FeedCoverage['state'][] = ['failing', 'gone', 'never-fetched', 'silent', 'lossy', 'ok']

/** A source is heard when at least one of its feeds brought what it had: lossy is heard, silent is not. */
export function composeCoverage({ coverage, totalNew, totalDuplicates }: EditionMaterial): CoverageSummary {
  const sourceId = ({ outlet }: FeedCoverage) => outlet.sourceId
  const heard = coverage.filter(({ state }) => state === 'ok' || state === 'lossy')
  return {
    heard: new Set(heard.map(sourceId)).size,
    of: new Set(coverage.map(sourceId)).size,
    articles: totalNew,
    duplicates: totalDuplicates,
    troubled: coverage.filter(({ state }) => state !== 'ok').toSorted(byTrouble),
  }
}

function byTrouble(a: FeedCoverage, b: FeedCoverage): number {
  return (
    STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
    byCodeUnits(a.outlet.name, b.outlet.name) ||
    byCodeUnits(a.feedUrl, b.feedUrl)
  )
}
