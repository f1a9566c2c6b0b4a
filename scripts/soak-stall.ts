// `npm run soak -- stall`: ten thousand new reports at once, and for how long each process does nothing else meanwhile.
import { desksOfStalls, measureStalls } from '../tests/soak/stall-round.ts'

const longestMsMax = 200 // of a scheduler; whoever stores as well stands still for longer when others need the machine

/** False when the scheduler stood still for longer. */
export async function soakStall(reportsPerFeed: number): Promise<boolean> {
  let isWell = true
  for (const programs of desksOfStalls) {
    const { stored, longestMs } = await measureStalls(programs, reportsPerFeed)
    const told = [...longestMs].map(([name, ms]) => `${name} ${ms} ms`).join(', ')
    process.stdout.write(`${stored} reports stored; the longest delay of the event loop: ${told}\n`)
    if ((longestMs.get('scheduler') ?? 0) > longestMsMax) isWell = false
  }
  return isWell
}
