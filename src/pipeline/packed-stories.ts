// The stories alive, as lists of numbers and back: of each what its reports have in common. The reports themselves stay where they are kept.
import { beginOf, endOf, newPool, type Pool, pageOf, writeRecord } from './cluster-pool.ts'
import type { Stories, Story } from './cluster-stories.ts'
import type { PackedList, PackedReader } from './packed-lists.ts'

const FACTS = 7 // numbers a story
const PART_STORIES = 1_024

/**
 * Three lists: the facts of each story, and the stems and weights of all that are of more than one report, behind each other. They are
 * made story by story: beside the pool, which also has the reports, there is no room for them.
 */
export function storiesAsLists({ byId, pool }: Stories): readonly PackedList[] {
  let terms = 0
  for (const story of byId.values()) terms += termsOf(pool, story)
  return [
    { byteLength: byId.size * FACTS * Float64Array.BYTES_PER_ELEMENT, parts: factParts(byId, pool) },
    { byteLength: terms * Int32Array.BYTES_PER_ELEMENT, parts: termParts(byId, pool, 'stems') },
    { byteLength: terms * Uint16Array.BYTES_PER_ELEMENT, parts: termParts(byId, pool, 'weights') },
  ]
}

/** The facts of some stories after the other, in the same memory. */
function* factParts(byId: Stories['byId'], pool: Pool): Generator<Float64Array> {
  const facts = new Float64Array(PART_STORIES * FACTS)
  let at = 0
  for (const story of byId.values()) {
    facts.set(factsOf(story, termsOf(pool, story)), at)
    at += FACTS
    if (at < facts.length) continue
    yield facts
    at = 0
  }
  yield facts.subarray(0, at)
}

function* termParts<Kind extends keyof Terms>(
  byId: Stories['byId'],
  pool: Pool,
  kind: Kind,
): Generator<Terms[Kind]> {
  for (const story of byId.values()) if (story.count > 1) yield centroidOf(pool, story)[kind]
}

function factsOf(story: Story, terms: number): readonly number[] {
  const { storyId, count, firstAt, lastAt, lastSeenAt, members, unread } = story
  return [storyId, count, firstAt, lastAt, lastSeenAt, members.length + unread, terms]
}

/** Takes over what `storiesAsLists` made; call it before any story begins. */
export function takeStories(stories: Stories, lists: PackedReader): void {
  const [facts, stems, weights] = [lists.fractions(), lists.integers(), lists.halves()]
  stories.pool = newPool()
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

/** How many terms of its centroid are packed: none of a story of one report, which is its own. */
function termsOf(pool: Pool, { count, centroid }: Story): number {
  if (count === 1) return 0
  const page = pageOf(pool, centroid)
  const end = endOf(page, centroid)
  let terms = 0
  for (let place = beginOf(centroid); place < end; place++) if (page.weights[place] !== 0) terms++
  return terms
}

/** The terms that weigh something. */
function centroidOf(pool: Pool, story: Story): Terms {
  const terms = termsOf(pool, story)
  const [stems, weights] = [new Int32Array(terms), new Uint16Array(terms)]
  const page = pageOf(pool, story.centroid)
  const end = endOf(page, story.centroid)
  let at = 0
  for (let place = beginOf(story.centroid); place < end; place++) {
    const weight = page.weights[place] ?? 0
    if (weight === 0) continue
    stems[at] = page.stems[place] ?? 0
    weights[at++] = weight
  }
  return { stems, weights }
}
