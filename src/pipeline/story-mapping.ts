// Which of the stories there were a newly computed group is: the one that it shares most articles with.

/** Where an article was, and the group it is in now. `isFixed` when nothing could move it: its group is its story. */
export type Regrouped = {
  readonly articleId: number
  readonly storyId: number
  readonly group: number
  readonly isFixed: boolean
}

type Overlap = { readonly group: number; readonly storyId: number; articles: number }

function overlapsOf(articles: readonly Regrouped[], isKnown: (group: number) => boolean): Overlap[] {
  const found = new Map<string, Overlap>()
  for (const { group, storyId } of articles) {
    if (isKnown(group)) continue
    const key = `${group} ${storyId}`
    const overlap = found.get(key) ?? { group, storyId, articles: 0 }
    overlap.articles++
    found.set(key, overlap)
  }
  return [...found.values()]
}

/**
 * Story ids by group; a group without one is a new story. A group that holds a fixed article is the story of that article. The
 * others take the ids that are left: the largest overlap first, of equal ones the older story, then the older group. The same
 * articles give the same ids, and a computation that changes no group changes no id.
 */
export function mapGroups(articles: readonly Regrouped[]): ReadonlyMap<number, number> {
  const mapped = new Map<number, number>()
  for (const { group, storyId, isFixed } of articles) if (isFixed) mapped.set(group, storyId)
  const taken = new Set(mapped.values())
  const overlaps = overlapsOf(articles, (group) => mapped.has(group))
  overlaps.sort((a, b) => b.articles - a.articles || a.storyId - b.storyId || a.group - b.group)
  for (const { group, storyId } of overlaps) {
    if (mapped.has(group) || taken.has(storyId)) continue
    mapped.set(group, storyId)
    taken.add(storyId)
  }
  return mapped
}
