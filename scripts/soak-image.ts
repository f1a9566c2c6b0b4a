// `npm run soak -- image`: the steps of the Dockerfile in a temporary folder, and the services of docker-compose.yml run from it.
import { runImage } from '../tests/soak/image-round.ts'

/** False when a service did not get healthy, wrote where it must not, lost something, or did not end well. */
export async function soakImage(): Promise<boolean> {
  const { mebibytes, reports, stored, complaints } = await runImage((line) =>
    process.stdout.write(`${line}\n`),
  )
  process.stdout.write(
    `/app has ${mebibytes} MiB; ${stored} of ${reports} reports stored; ${complaints.length} complaints\n`,
  )
  for (const complaint of complaints) process.stdout.write(`    ${complaint}\n`)
  return complaints.length === 0 && stored === reports
}
