// Which alerts may speak now and have something new to look at. What they say is composed elsewhere, and only when one does.
import type { Alert } from '../model/alert.ts'
import type { Job } from '../model/job.ts'
import type { Instant } from '../model/time.ts'
import { mayAlert } from '../pipeline/quiet-hours.ts'
import type { Store } from '../store/index.ts'

/** Jobs for the alerts that may speak now and have something new to look at. */
export function alertJobs(store: Store, alerts: readonly Alert[], now: Instant): readonly Job[] {
  return alerts.flatMap(({ id, ...alert }) => {
    const position = store.alerts.position(id)
    if (position === undefined || !mayAlert({ id, ...alert }, position.lastAlertAt, now)) return []
    if (!store.alerts.hasNews(position, alert.topics)) return []
    return [{ name: 'digest', id: `alert-${id}`, digestId: id, until: new Date(now).toISOString() } as const]
  })
}
