// `npm run soak -- pause`: Redis stands still for a minute in the middle of a round; what that cost.
import { pauseRedis } from '../tests/soak/pause-round.ts'

const refusedWithinMs = 5_000
const quietWithinMs = 10_000

/** False when anything was lost or done twice, a tick hung, or work did not go on at once. */
export async function soakPause(seconds: number): Promise<boolean> {
  const { complaints, ...figures } = await pauseRedis(seconds * 1_000)
  const told = Object.entries(figures).map(([what, count]) => `${what} ${count}`)
  process.stdout.write(
    `Redis stood still for ${seconds} s: ${told.join(', ')}, ${complaints.length} complaints\n`,
  )
  for (const complaint of complaints) process.stdout.write(`    ${complaint}\n`)
  const isPrompt = figures.refusedAfterMs < refusedWithinMs && figures.quietAfterMs < quietWithinMs
  return isPrompt && complaints.length === 0
}
