// `npm run soak -- disk`: a disk that fills up and a database that is held, under a service that goes on. Needs the right to mount a tmpfs.
import { fillDisk } from '../tests/soak/disk-rounds.ts'

const holdSecondsMin = 25 // a tick comes every fifteen, and waits for five before it says that the database is locked

/** False when anything was lost, or the service did not go on by itself; undefined when no tick would fall into so short a time. */
export async function soakDisk(holdSeconds: number): Promise<boolean | undefined> {
  if (holdSeconds < holdSecondsMin) return undefined
  const { complaints, ...told } = await fillDisk(holdSeconds * 1_000)
  for (const [what, said] of Object.entries(told)) process.stdout.write(`${what}: ${said}\n`)
  process.stdout.write(`${complaints.length} complaints\n`)
  for (const complaint of complaints) process.stdout.write(`    ${complaint}\n`)
  return complaints.length === 0
}
