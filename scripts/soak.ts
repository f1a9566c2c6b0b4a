// Long runs of abuse, each with a seed that brings it back; exit code 1 when anything was lost, done twice, or thrown. Figures of ours
// stand in docs/notes/kills.md. `npm test` does a little of each.
//
//   npm run soak -- kills [moments] [seed] [program...]   each program killed with -9 at so many moments (50)
//   npm run soak -- day [hours] [seed] [feeds]            24 simulated hours with 300 feeds, or as many as you say
//   npm run soak -- pause [seconds]                       Redis stands still for a minute
//   npm run soak -- queue [jobs]                          so many jobs (100,000) through Redis, and what it keeps of them
//   npm run soak -- stall [reports]                       so many new reports (1,000) in each of ten feeds, and who stands still
//   npm run soak -- disk [seconds]                        a full disk, then a database held for so long (30; 25 at least)
//   npm run soak -- image                                 the Dockerfile and docker-compose.yml, without Docker
//   npm run soak -- fuzz [inputs] [seed] [target...]      a million inputs to all that reads foreign text
import { soakDay } from './soak-day.ts'
import { soakDisk } from './soak-disk.ts'
import { soakFuzz } from './soak-fuzz.ts'
import { soakImage } from './soak-image.ts'
import { soakKills } from './soak-kills.ts'
import { soakPause } from './soak-pause.ts'
import { soakQueue } from './soak-queue.ts'
import { soakStall } from './soak-stall.ts'

const [what = 'kills', ...rest] = process.argv.slice(2)

/** The argument at this place as a number; NaN when it is something else. */
function number(place: number, otherwise: number): number {
  const text = rest[place]
  if (text === undefined) return otherwise
  return /^\d+$/.test(text) ? Number(text) : Number.NaN
}

const someSeed = Date.now() % 1_000_000

const soaks: Readonly<Record<string, () => Promise<boolean | undefined>>> = {
  kills: () => soakKills(number(0, 50), number(1, someSeed), rest.slice(2)),
  pause: () => soakPause(number(0, 60)),
  queue: () => soakQueue(number(0, 100_000)),
  stall: () => soakStall(number(0, 1_000)),
  disk: () => soakDisk(number(0, 30)),
  image: soakImage,
  fuzz: () => soakFuzz(number(0, 1_000_000), number(1, someSeed), rest.slice(2)),
  day: () => soakDay(number(0, 24), number(1, someSeed), number(2, 300)),
}

const isMisread = [0, 1].some((place) => Number.isNaN(number(place, 0)))
const isWell = isMisread ? undefined : await soaks[what]?.()
if (isWell === undefined) {
  process.stderr.write(
    'usage: npm run soak -- kills|day|pause|queue|stall|disk|image|fuzz [how many] [seed] [...]; see scripts/soak.ts\n',
  )
  process.exitCode = 2
} else if (!isWell) process.exitCode = 1
