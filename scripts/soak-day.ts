// `npm run soak -- day`: a simulated day, once killed in every hour and once whole, with what grew meanwhile.
import type { DaySample } from '../tests/soak/day-process.ts'
import { type DayReport, simulateDay } from '../tests/soak/day-rounds.ts'

const heapGrowthMax = 1.1 // from hour 2 to the end
const walMiBMax = 64
const descriptorGrowthMax = 1.2 // from the second third to the last
const residentGrowthMax = 1.05 // so too: in the first third caches and indexes fill up to what they may hold
const resourcesMoreMax = 4 // requests that happen to be under way

function tell(name: string, { samples: _, complaints, ...figures }: DayReport): void {
  const line = Object.entries(figures).map(([what, count]) => `${count} ${what}`)
  process.stdout.write(`${name}: ${line.join(', ')}, ${complaints.length} complaints\n`)
  for (const complaint of complaints) process.stdout.write(`    ${complaint}\n`)
}

function tellSamples(samples: readonly DaySample[]): void {
  const names = Object.keys(samples[0] ?? {})
  process.stdout.write(`| hour | ${names.join(' | ')} |\n|${'---|'.repeat(names.length + 1)}\n`)
  for (const [hour, sample] of samples.entries())
    process.stdout.write(`| ${hour} | ${Object.values(sample).join(' | ')} |\n`)
}

/** The largest of each third: connections to feeds are kept for a while, so that their number goes up and down. */
function thirds(numbers: readonly number[]): readonly number[] {
  const third = Math.ceil(numbers.length / 3)
  return [0, 1, 2].map((part) => Math.max(0, ...numbers.slice(part * third, (part + 1) * third)))
}

/** What grew that must not; a day of less than six hours has no thirds to compare. */
function growth(samples: readonly DaySample[]): readonly string[] {
  const first = samples[2]
  const last = samples.at(-1)
  if (first === undefined || last === undefined) return []
  const heap = last.heapMiB / first.heapMiB
  const wal = Math.max(...samples.map(({ walMiB }) => walMiB))
  const [before = 0, after = 0] = thirds(samples.map(({ descriptors }) => descriptors)).slice(1)
  const [rssBefore = 0, rssAfter = 0] = thirds(samples.map(({ rssMiB }) => rssMiB)).slice(1)
  const [handlesBefore = 0, handlesAfter = 0] = thirds(samples.map(({ resources }) => resources)).slice(1)
  process.stdout.write(
    `heap from hour 2 to the end: ${heap.toFixed(2)}x; largest log ${wal} MiB
the most in the second third and in the last: ${before} and ${after} descriptors, ${rssBefore} and ${rssAfter} MiB resident, ${handlesBefore} and ${handlesAfter} handles\n`,
  )
  return [
    ...(heap > heapGrowthMax ? ['the heap grew'] : []),
    ...(wal > walMiBMax ? ['the write-ahead log grew'] : []),
    ...(after > descriptorGrowthMax * before ? ['descriptors leak'] : []),
    ...(rssAfter > residentGrowthMax * rssBefore ? ['the resident memory grew'] : []),
    ...(handlesAfter > handlesBefore + resourcesMoreMax ? ['handles leak'] : []),
    ...(last.listeners > first.listeners ? ['listeners leak'] : []),
  ]
}

/** False when anything was lost, done twice, or grew. */
export async function soakDay(hours: number, seed: number, feeds: number): Promise<boolean> {
  const killed = await simulateDay({ hours, feeds, seed, withKills: true })
  tell('killed in every hour', killed)
  const whole = await simulateDay({ hours, feeds, seed, withKills: false })
  tell('whole', whole)
  tellSamples(whole.samples)
  const grown = growth(whole.samples)
  for (const line of grown) process.stdout.write(`    ${line}\n`)
  return killed.complaints.length + whole.complaints.length + grown.length === 0
}
