// Jobs of one name that wait or run in this process: first in, first out, each id once.
import type { Job } from '../model/job.ts'

export type WaitingLine = {
  readonly waiting: number
  readonly running: number
  /** Appends the job unless its id waits or runs already; false then. */
  readonly add: (job: Job) => boolean
  /** The oldest waiting job, which counts as running from now until `end`; undefined when none waits. */
  readonly take: () => Job | undefined
  readonly end: (job: Job) => void
  /** Forgets what waits; what runs stays. */
  readonly clear: () => void
}

export function createWaitingLine(): WaitingLine {
  const ids = new Set<string>()
  // A list read from `head`: Array.shift moves every element, which shows with tens of thousands of jobs.
  let jobs: (Job | undefined)[] = []
  let head = 0
  const waiting = () => jobs.length - head

  function compact(): void {
    if (head < 1_024 || head < jobs.length / 2) return
    jobs = jobs.slice(head)
    head = 0
  }

  return {
    get waiting() {
      return waiting()
    },
    get running() {
      return ids.size - waiting()
    },
    add(job) {
      if (ids.has(job.id)) return false
      ids.add(job.id)
      jobs.push(job)
      return true
    },
    take() {
      const job = jobs[head]
      if (job === undefined) return undefined
      jobs[head++] = undefined // or the list would keep every outcome that was stored already
      compact()
      return job
    },
    end(job) {
      ids.delete(job.id)
    },
    clear() {
      for (const job of jobs.slice(head)) if (job !== undefined) ids.delete(job.id)
      jobs = []
      head = 0
    },
  }
}
