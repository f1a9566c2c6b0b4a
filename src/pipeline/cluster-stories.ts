// The stories alive: what the reports of each have in common, and the latest of them.
import type { Instant } from '../model/time.ts'
import { addToCentroid, CENTROID_TERMS_MAX } from './cluster-centroid.ts'
import { addPage, dropRecord, hasRoom, moveRecord, newPool, type Pool, writeRecord } from './cluster-pool.ts'
import type { Vector } from './cluster-vector.ts'

/** One report of a story. `vector` holds its stems, which take the place of words: outlets use different forms of one word. */
export type Member = {
  readonly sourceId: string
  readonly at: Instant
  readonly seenAt: Instant
  readonly titleCount: number
  readonly vector: Vector
}

/**
 * `centroid` and `members` name records of the pool. A story of one report has that one for its centroid. Of a story that a start has
 * taken over the latest reports are `unread` until somebody asks for them.
 */
export type Story = {
  readonly storyId: number
  centroid: number
  members: readonly number[] // the latest, oldest first
  unread: number // reports that belong before `members`
  count: number
  firstAt: Instant
  lastAt: Instant
  lastSeenAt: Instant // when the last of them came
}

/** Mutable. The pool is replaced when much of it is wasted. `latestOf` reads so many unread reports of a story, oldest first. */
export type Stories = {
  readonly byId: Map<number, Story>
  latestOf: (storyId: number, most: number) => Iterable<Member>
  pool: Pool
  readonly sources: Map<string, number>
}

const MEMBERS_MAX = 10
const WASTED_MOST = 0.25 // of a full pool, before it is tidied in place of growing

/** No stories at all. */
export function newStories(): Stories {
  return { byId: new Map(), latestOf: () => [], pool: newPool(), sources: new Map() }
}

/** Reads what is unread of a story. */
export function readMembers(stories: Stories, story: Story): void {
  const { unread } = story
  if (unread === 0) return
  story.unread = 0
  let read = 0
  for (const member of stories.latestOf(story.storyId, unread)) {
    const record = keepRecord(stories, member)
    story.members = [...story.members.slice(0, read), record, ...story.members.slice(read)]
    read++
  }
  if (story.count === 1) story.centroid = story.members[0] ?? 0
}

/** The record of what the reports of a story have in common, read if need be. */
export function readCentroid(stories: Stories, story: Story): number {
  if (story.count === 1) readMembers(stories, story)
  return story.centroid
}

/** Adds a report to a story, which begins with it when the id is not known. Reports may come out of order. */
export function addMember(stories: Stories, storyId: number, member: Member): void {
  const { vector, at, seenAt } = member
  const story = stories.byId.get(storyId)
  if (story !== undefined) readCentroid(stories, story)
  const record = keepRecord(stories, member)
  if (story === undefined) {
    const times = { firstAt: at, lastAt: at, lastSeenAt: seenAt }
    stories.byId.set(storyId, { storyId, centroid: record, members: [record], unread: 0, count: 1, ...times })
    return
  }
  story.centroid = addToCentroid(stories.pool, story.centroid, story.count, vector)
  leaveRoomInStory(stories.pool, story)
  story.members = [...story.members, record]
  story.count++
  story.firstAt = Math.min(story.firstAt, at)
  story.lastAt = Math.max(story.lastAt, at)
  story.lastSeenAt = Math.max(story.lastSeenAt, seenAt)
}

/** Forgets a story. */
export function dropStory({ byId, pool }: Stories, { storyId, members, centroid, count }: Story): void {
  byId.delete(storyId)
  for (const record of members) dropRecord(pool, record)
  if (count > 1) dropRecord(pool, centroid)
}

/** The number by which records name a source. */
export function numberOf({ sources }: Stories, sourceId: string): number {
  const number = sources.get(sourceId) ?? sources.size
  sources.set(sourceId, number)
  return number
}

// The centroid of a story finds room too.
function keepRecord(stories: Stories, { sourceId, titleCount, vector }: Member): number {
  makeRoom(stories, vector.stems.length + CENTROID_TERMS_MAX)
  return writeRecord(stories.pool, vector, { titleCount, source: numberOf(stories, sourceId) })
}

// Lets go of the oldest of the latest reports, read or not, where there are as many as are kept.
function leaveRoomInStory(pool: Pool, story: Story): void {
  if (story.members.length + story.unread < MEMBERS_MAX) return
  if (story.unread > 0) {
    story.unread--
    return
  }
  dropRecord(pool, story.members[0] ?? 0)
  story.members = story.members.slice(1)
}

function makeRoom(stories: Stories, terms: number): void {
  const { pool, byId } = stories
  if (hasRoom(pool, terms + RECORDS_SPARE)) return
  if (pool.wasted <= WASTED_MOST * pool.used) {
    addPage(pool, terms + RECORDS_SPARE)
    return
  }
  const tidy = newPool()
  for (const story of byId.values()) {
    const isShared = story.count === 1
    story.members = story.members.map((record) => moveRecord(pool, record, tidy))
    story.centroid = isShared ? (story.members[0] ?? 0) : moveRecord(pool, story.centroid, tidy)
  }
  stories.pool = tidy
}

const RECORDS_SPARE = 16 // for the headers of two records
