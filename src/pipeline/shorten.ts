// Makes an edition fit where space is short, by leaving out whole stories and counting them.
import type { Edition, Section } from '../model/digest.ts'

/**
 * The fullest shortened edition that `fits`: without the links of the appendix, then with ever fewer stories a section. The outline caps the
 * other lists of an edition that is marked as shortened.
 * The last resort tells no story at all; it is returned even if it does not fit.
 */
export function shortenedEdition(edition: Edition, fits: (candidate: Edition) => boolean): Edition {
  const withoutLinks = { ...edition, shortened: true, appendix: { ...edition.appendix, links: [] } }
  if (fits(withoutLinks)) return withoutLinks
  // Doubling first: a day of thousands is then never rendered whole again to find out that it does not fit.
  let [few, many] = [0, 1]
  while (many < mostStories(edition) && fits(withStories(withoutLinks, many))) [few, many] = [many, many * 2]
  while (many - few > 1) {
    const middle = Math.floor((few + many) / 2)
    if (fits(withStories(withoutLinks, middle))) few = middle
    else many = middle
  }
  return withStories(withoutLinks, few)
}

function mostStories({ sections, developing }: Edition): number {
  return Math.max(developing.length, ...sections.map(longestList))
}

function longestList({ stories, elsewhere = [] }: Section): number {
  return Math.max(stories.length, elsewhere.length)
}

/** At most `cap` stories in each section; what is left out is added to what each section counts as more. */
function withStories(edition: Edition, cap: number): Edition {
  const { sections, developing, developingMore = 0 } = edition
  return {
    ...edition,
    sections: sections.map((section) => cutSection(section, cap)),
    developing: developing.slice(0, cap),
    developingMore: developingMore + Math.max(0, developing.length - cap),
  }
}

function cutSection(section: Section, cap: number): Section {
  const { stories, elsewhere = [], more } = section
  const left = Math.max(0, stories.length - cap) + Math.max(0, elsewhere.length - cap)
  return { ...section, stories: stories.slice(0, cap), elsewhere: elsewhere.slice(0, cap), more: more + left }
}
