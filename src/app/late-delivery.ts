// When a delivery is late: its recipient should have it by now.
import type { Instant } from '../model/time.ts'
import type { DeliveryRow } from '../store/index.ts'

// By then a server that was away for a moment has been asked five times.
const lateAfterMs = 30 * 60_000

/** Whether it still waits so long after the window of its edition ended. What was given up is not late but failed. */
export function isLateDelivery(
  { state, windowUntil }: Pick<DeliveryRow, 'state' | 'windowUntil'>,
  now: Instant,
): boolean {
  return state !== 'sent' && state !== 'failed' && now - windowUntil > lateAfterMs
}
