// The stories alive, as lists of numbers and back: of each what its reports have in common. The reports themselves stay where they are kept.
import { beginOf, endOf, newPool, type Pool, writeRecord } from './cluster-pool.ts'
import type { Stories, Story } from './cluster-stories.ts'
import type { NumberList, PackedReader } from './packed-lists.ts'

const FACTS = 7 // numbers a story
const SPARE = 1.25
const PLACES_SPARE = 65_536

/** Three lists: the facts of each story, and the stems and weights of all that are of more than one report, behind each other. */
export function storiesAsLists({ byId, pool }: Stories): readonly (readonly NumberList[])[] {
  const facts = new Float64Array(byId.size * FACTS)
  const [stems, weights] = [new Int32Array(pool.used), new Uint16Array(pool.used)]
  let [at, used] = [0, 0]
  for (const story of byId.values()) {
    const from = used
    if (story.count > 1) used = copyTerms(pool, story.centroid, { stems, weights }, used)
    facts.set(factsOf(story, used - from), at)
    at += FACTS
  }
  return [[facts], [stems.subarray(0, used)], [weights.subarray(0, used)]]
}

function factsOf(story: Story, terms: number): readonly number[] {
  const { storyId, count, firstAt, lastAt, lastSeenAt, members, unread } = story
  return [storyId, count, firstAt, lastAt, lastSeenAt, members.length + unread, terms]
}

/** Takes over what `storiesAsLists` made; call it before any story begins. */
export function takeStories(stories: Stories, lists: PackedReader): void {
  const [facts, stems, weights] = [lists.fractions(), lists.integers(), lists.halves()]
  const headers = 3 * (facts.length / FACTS)
  stories.pool = newPool(Math.ceil((stems.length + headers) * SPARE) + PLACES_SPARE)
  let from = 0
  for (let at = 0; at < facts.length; at += FACTS) {
    const [storyId = 0, count = 0, firstAt = 0, lastAt = 0, lastSeenAt = 0, unread = 0, terms = 0] =
      facts.subarray(at, at + FACTS)
    const centroid = {
      stems: stems.subarray(from, from + terms),
      weights: weights.subarray(from, from + terms),
    }
    const record = terms === 0 ? 0 : writeRecord(stories.pool, centroid, { titleCount: 0, source: 0 })
    const times = { firstAt, lastAt, lastSeenAt }
    stories.byId.set(storyId, { storyId, centroid: record, members: [], unread, count, ...times })
    from += terms
  }
}

type Terms = { readonly stems: Int32Array; readonly weights: Uint16Array }

// Copies the terms that weigh something and returns the place behind the last.
function copyTerms(pool: Pool, record: number, { stems, weights }: Terms, from: number): number {
  let used = from
  for (let place = beginOf(record); place < endOf(pool, record); place++) {
    const weight = pool.weights[place] ?? 0
    if (weight === 0) continue
    stems[used] = pool.stems[place] ?? 0
    weights[used++] = weight
  }
  return used
}
