// node --expose-gc bench/echo.ts [LIVE...]: CPU time an item of de-duplication and stories, by step, with so many items alive (10,000 and
// 100,000 unless told), and what starting up costs. With ECHO_SETS=DIR also other methods on the labelled sets, for comparison.
import { createStoryIndex, type StoryClusters } from '../src/pipeline/cluster.ts'
import { createDuplicateIndex, type DuplicateIndex } from '../src/pipeline/dedupe-index.ts'
import { printOf } from '../src/pipeline/echo-document.ts'
import { type Generated, generateReports, streamReports } from './echo-articles.ts'
import { compareMethods } from './echo-methods.ts'
import { measureStart } from './echo-start.ts'

const DAY_MS = 86_400_000
const NOW = Date.UTC(2026, 10, 20)
const MEASURED_ITEMS = 10_000
const WARM_UP_ITEMS = 3_000
const START_REPORTS = 150_000

const cpuUs = () => process.cpuUsage().user + process.cpuUsage().system

function heldBytes(): number {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

type Indexes = { readonly duplicates: DuplicateIndex; readonly stories: StoryClusters }

/** Takes the next `count` reports into new indexes. Most of them are forgotten by the generator at once. */
function fill(reports: Iterator<Generated>, count: number): Indexes {
  const [duplicates, stories] = [createDuplicateIndex(), createStoryIndex()]
  for (let taken = 0; taken < count; taken++) {
    const { value } = reports.next()
    duplicates.add(value.document)
    stories.addTo(value.storyId, value.document)
  }
  return { duplicates, stories }
}

/** Microseconds an item for each step of what ingest does with a new item. */
function timeSteps(
  { duplicates, stories }: Indexes,
  reports: readonly Generated[],
): ReadonlyMap<string, number> {
  const totals = new Map<string, number>()
  const timed = <T>(step: string, run: () => T): T => {
    const began = process.hrtime.bigint()
    const result = run()
    totals.set(step, (totals.get(step) ?? 0) + Number(process.hrtime.bigint() - began) / 1_000)
    return result
  }
  for (const { document, storyId } of reports) {
    timed('fingerprint', () => printOf(document))
    const nearest = timed('nearest', () => duplicates.nearest(document))
    timed('add', () => duplicates.add(document, nearest?.articleId))
    timed('forget', () => {
      duplicates.forgetBefore(document.at - 3 * DAY_MS)
      stories.forgetBefore(document.at - 5 * DAY_MS)
    })
    if (nearest !== undefined) continue
    const story = timed('assign', () => stories.assign(document))
    timed('addTo', () => stories.addTo(story.storyId === 'new' ? storyId : story.storyId, document))
  }
  return new Map([...totals].map(([step, total]) => [step, total / reports.length]))
}

function measure(live: number): void {
  const reports = streamReports(live + WARM_UP_ITEMS + MEASURED_ITEMS, 3 * DAY_MS, NOW)
  const before = heldBytes()
  const indexes = fill(reports, live)
  const bytes = (heldBytes() - before) / live
  const [warmUp, fresh] = [Array.from({ length: WARM_UP_ITEMS }, () => reports.next().value), [...reports]]
  timeSteps(indexes, warmUp) // or the first size would pay for compiling
  const startedUs = cpuUs()
  const steps = timeSteps(indexes, fresh)
  const totalUs = (cpuUs() - startedUs) / fresh.length
  const parts = [...steps].map(([step, us]) => `${step} ${us.toFixed(1)}`).join(', ')
  process.stdout.write(
    `${live} items, ${indexes.stories.size} stories alive: ${totalUs.toFixed(0)} us CPU an item, ${(totalUs / reference).toFixed(0)} times the reference (wall: ${parts}); ` +
      `${bytes.toFixed(0)} bytes an item\n`,
  )
}

/** What cutting a text into words by a regular expression costs on this machine now: the yardstick for the other figures. */
function referenceUs(): number {
  const texts = generateReports(MEASURED_ITEMS, DAY_MS, NOW).map(({ document }) => document.text)
  const began = cpuUs()
  const words = texts.reduce((sum, text) => sum + (text.match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0), 0)
  const us = (cpuUs() - began) / texts.length
  process.stdout.write(
    `reference: ${us.toFixed(1)} us to match the ${(words / texts.length).toFixed(0)} words of a text\n`,
  )
  return us
}

const reference = referenceUs()
const sizes = process.argv.slice(2).map(Number)
for (const live of sizes.length > 0 ? sizes : [10_000, 100_000]) measure(live)
measureStart(START_REPORTS, NOW)
const sets = process.env['ECHO_SETS']
if (sets !== undefined) compareMethods(sets)
