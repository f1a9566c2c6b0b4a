// `npm run soak -- queue`: a hundred thousand jobs through Redis, and what stays there of them.
import { fillQueue } from '../tests/soak/queue-round.ts'

const growthMax = 1.05 // of Redis' memory, from the second tenth of the jobs to the last

/** False when Redis kept more and more, or a job was lost. */
export async function soakQueue(jobs: number): Promise<boolean> {
  const samples = await fillQueue(jobs)
  process.stdout.write('| jobs | failed and kept | keys | memory of Redis, KiB |\n|---|---|---|---|\n')
  for (const { jobs: ended, failed, keys, usedKiB } of samples)
    process.stdout.write(`| ${ended} | ${failed} | ${keys} | ${usedKiB} |\n`)
  const [early, last] = [samples[1], samples.at(-1)]
  if (early === undefined || last === undefined) return false
  return last.jobs >= jobs && last.usedKiB <= growthMax * early.usedKiB && last.keys <= growthMax * early.keys
}
