// Computes copies and stories of the last days anew, beside a running service, and writes all of the result or nothing.
import { setImmediate as pause } from 'node:timers/promises'
import type { Instant } from '../model/time.ts'
import { mapGroups } from '../pipeline/story-mapping.ts'
import type { Store, StoryMove } from '../store/index.ts'
import type { Desk } from './desk.ts'
import { storiesMs } from './echo-indexes.ts'
import { createRegrouping, type Placement, type Regrouping } from './regroup.ts'

/** Articles first seen since `since` are placed anew; `who` and `now` sign the change. */
export type ReclusterWork = {
  readonly store: Store
  readonly desk: Desk
  readonly since: Instant
  readonly now: Instant
  readonly who: string
}

/** What became of it; `changeId` is absent when every article stays where it is, and nothing was written. */
export type Reclustered = {
  readonly articles: number // placed anew
  readonly held: number // of the same days, but where people or the days before put them
  readonly moved: number
  readonly begun: number // new stories
  readonly changeId?: number
}

const pageArticles = 500
const triesMax = 3

/** The first article that is read: stories live for five days, so those from before the window take part in it. */
export function reclusterFrom({ store, since }: Pick<ReclusterWork, 'store' | 'since'>): number {
  return store.articles.firstIdSince(since - storiesMs)
}

/** Places articles from `from` on, a page at a time; returns where to go on when there are no more. */
function* placeAll(
  { store, since }: ReclusterWork,
  regrouping: Regrouping,
  from: number,
): Generator<number, number> {
  const held = store.storyChanges.held()
  const windowFrom = store.articles.firstIdSince(since)
  let next = from
  for (;;) {
    const page = store.articles.page(next, pageArticles)
    for (const article of page) {
      const isEarlier = article.articleId < windowFrom
      regrouping.take(
        article,
        held.get(article.articleId)?.storyId ?? (isEarlier ? article.storyId : undefined),
      )
    }
    const last = page.at(-1)
    if (last === undefined) return next
    next = last.articleId + 1
    yield page.length
  }
}

/** Groups as stories: begins those that are new, and says what each group is called now. */
function storiesOf({ store, now }: ReclusterWork, placements: readonly Placement[]) {
  const mapped = new Map(mapGroups(placements))
  let begun = 0
  for (const { group } of placements) {
    if (mapped.has(group)) continue
    mapped.set(group, store.stories.create(now))
    begun++
  }
  return { storyOf: (group: number): number => mapped.get(group) ?? group, begun }
}

/** The moves of those whose story is another one now. */
function movesOf({ store }: ReclusterWork, free: readonly Placement[], storyOf: (group: number) => number) {
  const moved = free.filter(({ storyId, group }) => storyId !== storyOf(group))
  return moved.map(({ articleId, storyId, group }): StoryMove => {
    const fromBecause = store.storyChanges.member(articleId)?.fromBecause ?? ''
    return { articleId, fromStoryId: storyId, toStoryId: storyOf(group), fromBecause }
  })
}

function relateAnew(
  { store }: ReclusterWork,
  free: readonly Placement[],
  storyOf: (group: number) => number,
): void {
  const linked = store.stories.linked()
  for (const { articleId, related, group } of free) {
    if (related.length === 0 && !linked.has(articleId)) continue
    const others = related.map(storyOf).filter((storyId) => storyId !== storyOf(group))
    store.stories.relate(articleId, others)
  }
}

function apply(work: ReclusterWork, { placements }: Regrouping): Reclustered {
  const { store, now, who, since } = work
  const { storyOf, begun } = storiesOf(work, placements)
  const free = placements.filter(({ isFixed }) => !isFixed)
  relateAnew(work, free, storyOf)
  const moves = movesOf(work, free, storyOf)
  const counts = { articles: free.length, held: placements.length - free.length, moved: moves.length, begun }
  if (moves.length === 0) return counts
  const reasons = new Map(free.map(({ articleId, because }) => [articleId, because]))
  const change = {
    at: now,
    who,
    verb: 'recluster',
    reason: `since ${new Date(since).toISOString()}`,
  } as const
  const changeId = store.storyChanges.write(change, moves, ({ articleId }) => reasons.get(articleId) ?? '')
  return { ...counts, changeId }
}

/**
 * One attempt: most is computed while others write; the last articles and the writing take one transaction. Undefined when somebody
 * changed stories meanwhile, so that what was computed is out of date.
 */
async function attempt(
  work: ReclusterWork,
  onArticles: (articles: number) => void,
): Promise<Reclustered | undefined> {
  const { store, desk } = work
  const seen = store.storyChanges.latest()
  const headroom = 1_000_000 // stories that a service may begin meanwhile
  const regrouping = createRegrouping(desk, store.stories.lastId() + headroom)
  let next = reclusterFrom(work)
  const pages = placeAll(work, regrouping, next)
  for (let page = pages.next(); ; page = pages.next()) {
    if (page.done === true) {
      next = page.value
      break
    }
    onArticles(page.value)
    await pause()
  }
  return store.transaction(() => {
    if (store.storyChanges.latest() !== seen) return undefined
    for (const articles of placeAll(work, regrouping, next)) onArticles(articles)
    return apply(work, regrouping)
  })
}

/**
 * Places the articles since `since` anew. Stories that remain keep their ids, and what people decided stands. Undefined when
 * somebody changed stories during each of three attempts. `onArticles` is told how many were read, `onAgain` that it begins anew.
 */
export async function recluster(
  work: ReclusterWork,
  onArticles: (articles: number) => void,
  onAgain: () => void,
): Promise<Reclustered | undefined> {
  for (let tries = 0; tries < triesMax; tries++) {
    if (tries > 0) onAgain()
    const done = await attempt(work, onArticles)
    if (done !== undefined) return done
  }
  return undefined
}
