// Waiting for something that happens elsewhere.
import { setTimeout as pause } from 'node:timers/promises'

/** Waits until `condition` holds; the test's own time limit ends it otherwise. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(5)
}
