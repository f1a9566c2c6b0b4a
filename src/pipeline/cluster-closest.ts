// Which report of a story is closest to a new one, and how close its reports come.
import type { Pool } from './cluster-pool.ts'
import { type Likeness, likeness, type Probe } from './cluster-probe.ts'
import type { Story } from './cluster-stories.ts'

/** `record` is that of the closest report, the earlier of two as close; `best` its cosine, `bestThree` the mean of the three closest. */
export type Closest = { readonly record: number; readonly best: number; readonly bestThree: number }

/** Compares the probe's report with those of a story. Of a story of one report that is known already: its centroid. */
export function closestReport(
  probe: Probe,
  pool: Pool,
  { members, count }: Story,
  centroid: Likeness,
): Closest {
  let [record = 0] = members
  if (count === 1) return { record, best: centroid.cosine, bestThree: centroid.cosine }
  let [best, second, third] = [0, 0, 0]
  for (const member of members) {
    const { cosine } = likeness(probe, pool, member)
    if (cosine > best) {
      record = member
      ;[best, second, third] = [cosine, best, second]
    } else if (cosine > second) [second, third] = [cosine, second]
    else if (cosine > third) third = cosine
  }
  return { record, best, bestThree: (best + second + third) / Math.max(1, Math.min(3, members.length)) }
}
