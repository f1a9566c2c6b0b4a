// Takes further jobs along with the one that BullMQ hands over, so that the writer has several in hand, in the order of the queue.
import type { Job as BullJob, Worker } from 'bullmq'
import { atMost } from './at-most.ts'

export type Followers = {
  /** The jobs that wait behind this one, as many as may be in hand with it; none when it was the last, or killed its process before. */
  readonly take: (leader: BullJob) => Promise<readonly BullJob[]>
  /** Holds their locks until the function it returns is called: BullMQ holds that of the first only. */
  readonly hold: (jobs: readonly BullJob[]) => () => void
}

type Options = {
  readonly countMax: number // with the leader
  readonly lockMs: number
  readonly onError: (error: unknown) => void
}

const answerWithinMs = 1_000

/**
 * BullMQ's own way to several jobs at a time, `concurrency`, does not do for the writer: of two jobs whose answers come in one packet it
 * begins the second first, one in a hundred, and a part of a large fetch would come before the one ahead of it.
 */
export function createFollowers(worker: Worker, { countMax, lockMs, onError }: Options): Followers {
  let isLast = true // the queue was empty when somebody looked
  let taken = 0
  worker.on('drained', () => {
    isLast = true
  })
  async function takeNext(): Promise<BullJob | undefined> {
    const asked = worker.getNextJob(`${worker.id}-follower-${taken++}`, { block: false })
    const job = await atMost(answerWithinMs, asked).catch(onError)
    return job === 'late' ? undefined : (job ?? undefined) // one that comes later than that loses its lock, and is taken again
  }
  return {
    take: async (leader) => {
      const looks = !isLast && !hasDied(leader)
      isLast = false
      const jobs: BullJob[] = []
      while (looks && jobs.length + 1 < countMax) {
        const job = await takeNext()
        if (job === undefined) break
        if (hasDied(job)) {
          await job.moveToWait(job.token).catch(onError)
          break
        }
        jobs.push(job)
      }
      return jobs
    },
    hold: (jobs) => {
      if (jobs.length === 0) return () => undefined
      const ids = jobs.map(({ id = '' }) => id)
      const tokens = jobs.map(({ token = '' }) => token)
      const renew = (): void => void worker.extendJobLocks(ids, tokens, lockMs).catch(onError)
      const timer = setInterval(renew, lockMs / 2).unref()
      return () => clearInterval(timer)
    },
  }
}

/** Whoever is in hand with a job that kills its process dies with it, and may be given up for it: such a job is tried alone. */
function hasDied({ stalledCounter, deferredFailure }: BullJob): boolean {
  return stalledCounter > 0 || deferredFailure !== undefined
}
