// `npm run soak -- day`: a simulated day, once killed in every hour and once whole, with what grew meanwhile.
import type { DaySample } from '../tests/soak/day-process.ts'
import { type DayReport, simulateDay } from '../tests/soak/day-rounds.ts'

const heapGrowthMax = 1.1 // from hour 2 to the end
const walMiBMax = 64

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

/** What grew that must not. */
function growth(samples: readonly DaySample[]): readonly string[] {
  const first = samples[2]
  const last = samples.at(-1)
  if (first === undefined || last === undefined) return []
  const heap = last.heapMiB / first.heapMiB
  const wal = Math.max(...samples.map(({ walMiB }) => walMiB))
  process.stdout.write(
    `heap from hour 2 to the end: ${heap.toFixed(2)}x; largest log ${wal} MiB; descriptors ${first.descriptors} -> ${last.descriptors}\n`,
  )
  return [
    ...(heap > heapGrowthMax ? ['the heap grew'] : []),
    ...(wal > walMiBMax ? ['the write-ahead log grew'] : []),
    ...(last.descriptors > 1.5 * first.descriptors ? ['descriptors leak'] : []),
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
