// The edition of a digest whose readers have one page: what matters most, and a count of the rest.
import type { Edition, GlanceLine, Section } from '../model/digest.ts'

// With the header, three top stories and their lines this is one page of A4 at 380 px and at 700 px alike.
const STORIES_MAX = 14
const TOPICS_MAX = 10

/** Header, top stories, at a glance, and one line a story: each section gets its next story in turn until the page is full. */
export function executiveEdition(edition: Edition): Edition {
  const { sections, atAGlance, developing, developingMore = 0, appendix } = edition
  const counts = sharedOut(
    sections.map(({ stories }) => stories.length),
    STORIES_MAX,
  )
  return {
    ...edition,
    detail: 'executive',
    atAGlance: eventful(atAGlance),
    sections: sections.map((section, index) => cut(section, counts[index] ?? 0)),
    developing: [],
    developingMore: developingMore + developing.length,
    corrections: [],
    withdrawals: [],
    appendix: { ...appendix, links: [] },
  }
}

/** How many of `wanted` each may have, one each in turn, until `total` is used up. */
function sharedOut(wanted: readonly number[], total: number): readonly number[] {
  const given = wanted.map(() => 0)
  for (let left = total; left > 0; ) {
    const open = wanted.flatMap((count, index) => ((given[index] ?? 0) < count ? [index] : []))
    if (open.length === 0) break
    for (const index of open.slice(0, left)) given[index] = (given[index] ?? 0) + 1
    left -= Math.min(left, open.length)
  }
  return given
}

function cut(section: Section, count: number): Section {
  const { stories, elsewhere = [], more } = section
  const left = stories.length - count + elsewhere.length
  return { ...section, stories: stories.slice(0, count), elsewhere: [], more: more + left }
}

/** Topics that stand out, then those with articles, in configured order; a table of zeros says nothing on one page. */
function eventful(lines: readonly GlanceLine[]): readonly GlanceLine[] {
  if (lines.length <= TOPICS_MAX) return lines
  const rank = ({ aboveBaseline, articles }: GlanceLine): number => (aboveBaseline ? 0 : articles > 0 ? 1 : 2)
  const chosen = new Set(lines.toSorted((a, b) => rank(a) - rank(b)).slice(0, TOPICS_MAX))
  return lines.filter((line) => chosen.has(line))
}
