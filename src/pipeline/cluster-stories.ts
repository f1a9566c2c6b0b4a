// The stories alive: what the reports of each have in common, and the latest of them.
import type { Instant } from '../model/time.ts'
import { addToCentroid, CENTROID_TERMS_MAX } from './cluster-centroid.ts'
import { dropRecord, hasRoom, moveRecord, newPool, type Pool, writeRecord } from './cluster-pool.ts'
import type { Vector } from './cluster-vector.ts'

/** One report of a story. `vector` holds its stems, which take the place of words: outlets use different forms of one word. */
export type Member = {
  readonly sourceId: string
  readonly at: Instant
  readonly seenAt: Instant
  readonly titleCount: number
  readonly vector: Vector
}

/** `centroid` and `members` name records of the pool. A story of one report has that one for its centroid. */
export type Story = {
  readonly storyId: number
  centroid: number
  members: readonly number[] // the latest, oldest first
  count: number
  firstAt: Instant
  lastAt: Instant
  lastSeenAt: Instant // when the last of them came
}

/** When a story was last heard of. */
export type StoryTimes = Pick<Story, 'lastAt' | 'lastSeenAt'>

/**
 * Mutable. The pool is replaced when it is full. Stories that a start has taken over are `asleep` until somebody asks for one: `wake`
 * reads its reports then, oldest first.
 */
export type Stories = {
  readonly byId: Map<number, Story>
  readonly asleep: Map<number, StoryTimes>
  wake: (storyId: number) => Iterable<Member>
  pool: Pool
  readonly sources: Map<string, number>
}

const MEMBERS_MAX = 10
const WASTED_MOST = 0.25 // of a full pool, before it is tidied in place of growing
const GROWTH = 1.25

/** No stories at all. */
export function newStories(): Stories {
  return { byId: new Map(), asleep: new Map(), wake: () => [], pool: newPool(), sources: new Map() }
}

/** When a story that is alive was last heard of. */
export function timesOf({ byId, asleep }: Stories, storyId: number): StoryTimes | undefined {
  return byId.get(storyId) ?? asleep.get(storyId)
}

/** A story that is alive, woken if need be. */
export function storyOf(stories: Stories, storyId: number): Story | undefined {
  if (stories.asleep.delete(storyId))
    for (const member of stories.wake(storyId)) addMember(stories, storyId, member)
  return stories.byId.get(storyId)
}

/** Adds a report to a story, which begins with it when the id is not known. Reports may come out of order. */
export function addMember(stories: Stories, storyId: number, member: Member): void {
  const story = storyOf(stories, storyId)
  makeRoom(stories, member.vector.stems.length + CENTROID_TERMS_MAX)
  const { pool, byId } = stories
  const { titleCount, vector, at, seenAt } = member
  const record = writeRecord(pool, vector, { titleCount, source: numberOf(stories, member.sourceId) })
  if (story === undefined) {
    const times = { firstAt: at, lastAt: at, lastSeenAt: seenAt }
    byId.set(storyId, { storyId, centroid: record, members: [record], count: 1, ...times })
    return
  }
  story.centroid = addToCentroid(pool, story.centroid, story.count, vector)
  story.members = [...latestOf(pool, story), record]
  story.count++
  story.firstAt = Math.min(story.firstAt, at)
  story.lastAt = Math.max(story.lastAt, at)
  story.lastSeenAt = Math.max(story.lastSeenAt, seenAt)
}

/** Forgets a story. */
export function dropStory({ byId, pool }: Stories, { storyId, members, centroid }: Story): void {
  byId.delete(storyId)
  for (const record of members) dropRecord(pool, record)
  if (members.length > 1) dropRecord(pool, centroid)
}

/** The number by which records name a source. */
export function numberOf({ sources }: Stories, sourceId: string): number {
  const number = sources.get(sourceId) ?? sources.size
  sources.set(sourceId, number)
  return number
}

function latestOf(pool: Pool, { members }: Story): readonly number[] {
  if (members.length < MEMBERS_MAX) return members
  dropRecord(pool, members[0] ?? 0)
  return members.slice(1)
}

function makeRoom(stories: Stories, terms: number): void {
  const { pool, byId } = stories
  if (hasRoom(pool, terms + RECORDS_SPARE)) return
  const kept = pool.used - pool.wasted
  const places = pool.wasted > WASTED_MOST * pool.used ? pool.stems.length : pool.stems.length * GROWTH
  const tidy = newPool(Math.ceil(Math.max(places, kept + terms + RECORDS_SPARE)))
  for (const story of byId.values()) {
    const isShared = story.count === 1
    story.members = story.members.map((record) => moveRecord(pool, record, tidy))
    story.centroid = isShared ? (story.members[0] ?? 0) : moveRecord(pool, story.centroid, tidy)
  }
  stories.pool = tidy
}

const RECORDS_SPARE = 16 // for the headers of two records
