// Manners towards a host: few requests at once, a pause between two starts, and a cap over all hosts.
import { type Semaphore, semaphore } from './semaphore.ts'

export type HostTurnsSettings = {
  readonly concurrency: number // over all hosts
  readonly perHostConcurrency: number
  readonly perHostGapMs: number // between two starts at one host
}

/** Waits for a turn at a host; the caller calls what it gets when the request is over. */
export type HostTurns = (host: string) => Promise<() => void>

type Host = { readonly door: Semaphore; readonly seats: Semaphore; lastStartMs: number }

/** A clock that runs forward, in milliseconds, and a pause on it. */
type Time = { readonly nowMs: () => number; readonly sleep: (ms: number) => Promise<unknown> }

// Pauses are rounded up to this, so that those of many hosts end together: waking the process costs as much as a request.
const pauseStepMs = 20

/** Pauses end at once when `closing` is aborted: one listener wakes all, since one for each would cost more than the pause. */
function timeUntil(closing: AbortSignal): Time {
  const asleep = new Map<() => void, NodeJS.Timeout>()
  const wakeAll = (): void => {
    for (const [wake, timer] of asleep) {
      clearTimeout(timer)
      wake()
    }
  }
  closing.addEventListener('abort', wakeAll, { once: true })
  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        asleep.delete(wake)
        resolve()
      }
      if (closing.aborted) resolve()
      else asleep.set(wake, setTimeout(wake, Math.ceil(ms / pauseStepMs) * pauseStepMs))
    })
  return { nowMs: () => performance.now(), sleep }
}

/** Once `closing` is aborted nobody waits for a gap any more. */
export function hostTurns(
  settings: HostTurnsSettings,
  closing: AbortSignal,
  time = timeUntil(closing),
): HostTurns {
  const hosts = new Map<string, Host>() // one entry for each host ever asked: as many as the configuration names
  const everywhere = semaphore(settings.concurrency)
  return async (host) => {
    const here = hosts.get(host) ?? newHost(settings)
    hosts.set(host, here)
    // One at a time stands in the door, so that the gap is measured from the start before and order is kept. The seat
    // of the whole house is taken last: nobody sits on it while waiting for a host.
    const leaveDoor = await here.door.take()
    const leaveSeat = await here.seats.take()
    const waitMs = here.lastStartMs + settings.perHostGapMs - time.nowMs()
    if (waitMs > 0) await time.sleep(waitMs)
    const leaveHouse = await everywhere.take()
    here.lastStartMs = time.nowMs()
    leaveDoor()
    return () => {
      leaveHouse()
      leaveSeat()
    }
  }
}

function newHost(settings: HostTurnsSettings): Host {
  return { door: semaphore(1), seats: semaphore(settings.perHostConcurrency), lastStartMs: -Infinity }
}
