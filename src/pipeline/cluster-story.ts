// A story as the index keeps it: what its reports have in common, and the latest of them.
import type { Instant } from '../model/time.ts'
import { addVector, type Vector } from './cluster-vector.ts'
import type { WordSequence } from './dedupe-comparable.ts'

/** One report of a story. `stems` take the place of words: outlets use different forms of one word. */
export type Member = {
  readonly sourceId: string
  readonly at: Instant
  readonly vector: Vector
  readonly stems: WordSequence
}

export type Story = {
  readonly storyId: number
  readonly centroid: Vector
  readonly members: readonly Member[] // the latest, oldest first
  readonly count: number
  readonly firstAt: Instant
  readonly lastAt: Instant
}

const MEMBERS_MAX = 10
const CENTROID_TERMS_MAX = 120

/** A story with one report. */
export function newStory(storyId: number, member: Member): Story {
  const { vector: centroid, at } = member
  return { storyId, centroid, members: [member], count: 1, firstAt: at, lastAt: at }
}

/** The story with one report more. Reports may come out of order. */
export function withMember(story: Story, member: Member): Story {
  return {
    storyId: story.storyId,
    centroid: addVector(story.centroid, story.count, member.vector, CENTROID_TERMS_MAX),
    members: [...story.members.slice(-MEMBERS_MAX + 1), member],
    count: story.count + 1,
    firstAt: Math.min(story.firstAt, member.at),
    lastAt: Math.max(story.lastAt, member.at),
  }
}
