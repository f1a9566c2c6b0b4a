// The digest job: issues what is due, a digest's edition or an alert, and hands its deliveries on.
import type { Job, JobOf } from '../model/job.ts'
import type { DigestDeps } from './digest.ts'
import { deliveryJobs } from './plan.ts'

/**
 * The handler of digest jobs, alerts among them: after a crash it finds what is frozen and goes on with the deliveries. A job
 * that comes so late, after a crash of its worker, that a newer edition has covered its window issues none: its articles are
 * told already.
 */
export function createDigestHandler(deps: DigestDeps) {
  return async ({ digestId, until }: JobOf<'digest'>): Promise<readonly Job[]> => {
    // What writes editions is loaded for the first one: most rounds issue none.
    const [{ issueEdition }, { issueAlert }] = await Promise.all([
      import('./digest.ts'),
      import('./alert.ts'),
    ])
    const { digests, alerts } = deps.desk()
    const digest = digests.find((candidate) => candidate.id === digestId)
    const alert = alerts.find((candidate) => candidate.id === digestId)
    const at = Date.parse(until)
    const isCovered = (deps.store.editions.coveredUntil(digestId) ?? 0) >= at
    if (digest !== undefined && !isCovered) issueEdition(deps, digest, at)
    if (alert !== undefined) issueAlert(deps, alert, at)
    return deliveryJobs(deps.store, deps.now())
  }
}
