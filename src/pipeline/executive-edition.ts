// The edition of a digest whose readers have one page: what matters most, and a count of the rest.
import type { Edition, GlanceLine, Section, StoryLine } from '../model/digest.ts'
import { displayTitle } from '../text/display-title.ts'
import { shortNote } from '../text/short-note.ts'
import { outline } from './outline.ts'
import { PAGE_HEIGHT, pageHeight } from './page-height.ts'

const TITLE_LENGTH_MAX = 140
const [INTRO, FOOTER] = [
  { lengthMax: 500, linesMax: 6 },
  { lengthMax: 250, linesMax: 4 },
]

/** How much of each part: lines of stories in the sections, topics at a glance, top stories. */
type Room = { readonly stories: number; readonly topics: number; readonly top: number }
// From the fullest to the barest: stories of the sections go first, since they are counted anyway, the first top story never.
const ROOMS: readonly Room[] = [
  ...falling(14, 7).map((stories) => ({ stories, topics: 10, top: 3 })),
  ...falling(9, 5).map((topics) => ({ stories: 7, topics, top: 3 })),
  ...falling(6, 3).map((stories) => ({ stories, topics: 5, top: 3 })),
  ...falling(2, 1).map((top) => ({ stories: 3, topics: 5, top })),
  ...falling(4, 1).map((topics) => ({ stories: 2, topics, top: 1 })),
  ...falling(1, 0).map((stories) => ({ stories, topics: 1, top: 1 })),
]

/**
 * Header, top stories, at a glance, and one line a story: each section gets its next story in turn until the page is full.
 * How full is reckoned from the words themselves, so long headlines, many topics and an intro leave room for fewer stories.
 */
export function executiveEdition(edition: Edition, hasLogo = false): Edition {
  const brief = shortWords(edition)
  const [fullest, ...others] = ROOMS
  let page = within(brief, fullest ?? { stories: 0, topics: 1, top: 1 })
  for (const room of others) {
    if (pageHeight(outline(page), hasLogo) <= PAGE_HEIGHT) break
    page = within(brief, room)
  }
  return page
}

/** What one page never has: long headlines, the desk's own long words, links, corrections, developing stories. */
function shortWords(edition: Edition): Edition {
  const { intro, footer, topStories, sections, developing, developingMore = 0, appendix } = edition
  return {
    ...edition,
    detail: 'executive',
    ...(intro !== undefined && { intro: shortNote(intro, INTRO) }),
    ...(footer !== undefined && { footer: shortNote(footer, FOOTER) }),
    topStories: topStories.map(shortHeadline),
    sections: sections.map((section) => ({ ...section, stories: section.stories.map(shortHeadline) })),
    developing: [],
    developingMore: developingMore + developing.length,
    corrections: [],
    withdrawals: [],
    appendix: { ...appendix, links: [] },
  }
}

function shortHeadline(story: StoryLine): StoryLine {
  const { title, titleMarks, ...lead } = story.lead
  const short = displayTitle(title, TITLE_LENGTH_MAX)
  const marks = titleMarks?.filter(({ end }) => short === title || end < short.length)
  return { ...story, lead: { ...lead, title: short, ...(marks && { titleMarks: marks }) } }
}

function within(edition: Edition, { stories, topics, top }: Room): Edition {
  const { sections, atAGlance, topStories } = edition
  const counts = sharedOut(
    sections.map((section) => section.stories.length),
    stories,
  )
  return {
    ...edition,
    topStories: topStories.slice(0, top),
    atAGlance: eventful(atAGlance, topics),
    sections: sections.map((section, index) => cut(section, counts[index] ?? 0)),
  }
}

function falling(from: number, to: number): readonly number[] {
  return Array.from({ length: from - to + 1 }, (_, index) => from - index)
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
function eventful(lines: readonly GlanceLine[], most: number): readonly GlanceLine[] {
  if (lines.length <= most) return lines
  const rank = ({ aboveBaseline, articles }: GlanceLine): number => (aboveBaseline ? 0 : articles > 0 ? 1 : 2)
  const chosen = new Set(lines.toSorted((a, b) => rank(a) - rank(b)).slice(0, most))
  return lines.filter((line) => chosen.has(line))
}
