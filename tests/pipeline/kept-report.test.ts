import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createStoryIndex, type StoryClusters } from '../../src/pipeline/cluster.ts'
import { createDuplicateIndex, type DuplicateIndex } from '../../src/pipeline/dedupe-index.ts'
import { type EchoDocument, printOf, TEXT_LENGTH_MAX } from '../../src/pipeline/echo-document.ts'
import { createReportReader, packReport } from '../../src/pipeline/kept-report.ts'
import { readPacked } from '../../src/pipeline/packed-lists.ts'
import { BUDGET, DAY_MS, FLOOD, HOUR_MS, MORNING, report } from './echo-reports.ts'

type Indexes = { readonly duplicates: DuplicateIndex; readonly stories: StoryClusters }
type Row = {
  readonly articleId: number
  readonly storyId?: number
  readonly sourceId: string
  readonly at: number
  readonly seenAt: number
  readonly packed: Uint8Array
}

const expected = ['budget', 'oil']
const newIndexes = (): Indexes => ({
  duplicates: createDuplicateIndex(),
  stories: createStoryIndex({ expected }),
})
const learnedIndexes = ({ words, stems }: Learned): Indexes => ({
  duplicates: createDuplicateIndex({ learned: words }),
  stories: createStoryIndex({ expected, learned: stems }),
})

/** Decides about a report and adds it; returns the decision and what is to be kept. */
function take({ duplicates, stories }: Indexes, document: EchoDocument): { decision: unknown; row: Row } {
  const { sourceId, at, seenAt = at } = document
  duplicates.forgetBefore(seenAt - 3 * DAY_MS)
  stories.forgetBefore(seenAt - 5 * DAY_MS)
  const nearest = duplicates.nearest(document)
  const isPosted = duplicates.add(document, nearest?.articleId)
  const place = nearest === undefined ? stories.assign(document) : undefined
  const storyId = place?.storyId === 'new' ? document.articleId : place?.storyId
  const weights = storyId === undefined ? undefined : stories.addTo(storyId, document)
  const print = printOf(document)
  const packed = packReport({ ...print, print, isPosted, weights })
  const articleId = nearest?.articleId ?? document.articleId
  return {
    decision: nearest ?? place,
    row: { articleId, sourceId, at, seenAt, packed, ...(storyId === undefined ? {} : { storyId }) },
  }
}

type Learned = {
  readonly words: ReturnType<DuplicateIndex['learned']>
  readonly stems: ReturnType<StoryClusters['learned']>
}

/** Indexes as a new start makes them: from what was learned of the first rows, and then every row. */
function startedAgain(rows: readonly Row[], learned: Learned, learnedOf: number, now: number): Indexes {
  const indexes = learnedIndexes(learned)
  for (const [number, row] of rows.entries()) put(indexes, row, number < learnedOf)
  indexes.duplicates.forgetBefore(now - 3 * DAY_MS)
  indexes.stories.forgetBefore(now - 5 * DAY_MS)
  return indexes
}

/** The same from the indexes as they stood after the first rows, and the rows since. */
function goneOn(
  rows: readonly Row[],
  packed: ReturnType<typeof packedOf>,
  learnedOf: number,
  now: number,
): Indexes {
  const indexes = learnedIndexes(packed)
  indexes.duplicates.takePacked(readPacked([packed.copies]))
  indexes.stories.takePacked(readPacked([packed.stories]), function* (storyId, most) {
    const ofStory = rows.slice(0, learnedOf).filter((row) => row.storyId === storyId)
    for (const row of ofStory.slice(-most)) yield keptOf(row, readOther)
  })
  for (const row of rows.slice(learnedOf)) put(indexes, row, false)
  indexes.duplicates.forgetBefore(now - 3 * DAY_MS)
  indexes.stories.forgetBefore(now - 5 * DAY_MS)
  return indexes
}

const packedOf = ({ duplicates, stories }: Indexes) => ({
  words: duplicates.learned(),
  stems: stories.learned(),
  copies: Buffer.concat([...duplicates.packed()].map((run) => run.slice())),
  stories: Buffer.concat([...stories.packed()].map((run) => run.slice())),
})

const [readReport, readOther] = [createReportReader(), createReportReader()]
const keptOf = ({ packed, ...row }: Row, read = readReport) => ({ ...read(packed), ...row })

function put({ duplicates, stories }: Indexes, { packed, ...row }: Row, isLearned: boolean): void {
  const kept = keptOf({ packed, ...row })
  duplicates.restore(kept, isLearned)
  if (row.storyId !== undefined) stories.restore(row.storyId, kept, isLearned)
}

const word = fc.constantFrom(
  ...`${BUDGET.join(' ')} ${FLOOD.join(' ')} قال وزير النفط بالنفط 12 13 2026`.split(' '),
)
const someText = (maxLength: number) => fc.array(word, { maxLength }).map((words) => words.join(' '))
const someEvent = fc.constantFrom(BUDGET, FLOOD)
const someReport = fc.record({
  headline: fc.oneof(
    someText(10),
    someEvent.map(([title]) => title),
  ),
  text: fc.oneof(
    someText(50),
    fc.tuple(someText(8), someEvent).map(([extra, [, text]]) => `${extra} ${text} ${extra}`),
  ),
  hours: fc.nat(60),
  daysBack: fc.constantFrom(0, 0, 0, 1, 800), // dated before it came: feeds list what is old
  sourceId: fc.constantFrom('a', 'b'),
  url: fc.constantFrom('https://a.example/1', 'https://a.example/live/1'),
})
const someReports = fc.array(someReport, { minLength: 2, maxLength: 30 }).map((reports) => {
  let seenAt = MORNING
  return reports.map(({ headline, text, hours, daysBack, sourceId, url }, index) => {
    seenAt += hours > 50 ? hours * HOUR_MS : hours * 60_000
    const at = seenAt - daysBack * DAY_MS
    return { ...report(headline, text, { at, sourceId, url }), seenAt, articleId: index + 1 }
  })
})

describe('indexes started again from what was kept', () => {
  test('decide as if they had run on, wherever they stopped and whatever they had noted', () => {
    fc.assert(
      fc.property(someReports, fc.nat(30), fc.nat(30), (reports, stop, noted) => {
        const running = newIndexes()
        const stopAt = stop % reports.length
        const learnedOf = noted % (stopAt + 1)
        const keep = (document: EchoDocument) => take(running, document).row
        const before = reports.slice(0, learnedOf).map(keep)
        const learned = packedOf(running)
        const rows = [...before, ...reports.slice(learnedOf, stopAt).map(keep)]
        const now = reports[stopAt]?.seenAt ?? 0
        const started = startedAgain(rows, learned, learnedOf, now)
        const unpacked = goneOn(rows, learned, learnedOf, now)
        expect([unpacked.duplicates.size, unpacked.stories.size]).toEqual([
          started.duplicates.size,
          started.stories.size,
        ])
        for (const document of reports.slice(stopAt)) {
          const { decision } = take(running, document)
          expect(take(started, { ...document }).decision).toEqual(decision)
          expect(take(unpacked, { ...document }).decision).toEqual(decision)
        }
      }),
      { numRuns: 80 },
    )
  })
})

test('what is packed is what is unpacked', () => {
  const [few, someMore] = [fc.nat(7), fc.nat(4)]
  const someShape = fc.record({ label: few, aside: someMore, credit: someMore })
  const someWords = fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { maxLength: 700 })
  fc.assert(
    fc.property(
      someWords,
      fc.nat(),
      fc.nat(TEXT_LENGTH_MAX),
      someShape,
      fc.boolean(),
      fc.boolean(),
      (numbers, seed, textLength, shape, isLive, isCopy) => {
        const words = Int32Array.from(numbers)
        const stems = words.map((value, index) => ((index + seed) % 3 === 0 ? value ^ 6 : value))
        const print = { words, stems, titleCount: words.length === 0 ? 0 : seed % words.length }
        const isPosted = Uint8Array.from(words, (_, index) => (index + seed) & 1)
        const weights = isCopy
          ? undefined
          : Uint16Array.from(words, (_, index) => (index * 977 + seed) % 16_384)
        const again = readReport(packReport({ print, textLength, shape, isLive, isPosted, weights }))
        expect(again).toMatchObject({ textLength, shape, isLive, isPosted })
        expect(again.print.words).toEqual(words)
        expect(again.print.titleCount).toBe(print.titleCount)
        if (weights === undefined) return
        expect(again.print.stems).toEqual(stems)
        expect(again.weights).toEqual(weights)
      },
    ),
  )
})

test('a story of many reports goes on alike, however many came before and after it was packed', () => {
  const names = Array.from(
    { length: 40 },
    (_, n) => `${String.fromCharCode(97 + (n % 26)).repeat(3)}${n}mede`,
  )
  const told = (n: number) => {
    const [title, text] = FLOOD
    const own = `${names[n % 40]} ${names[(n * 7) % 40]} ${names[(n * 3) % 40]}`
    return { ...report(`${title} ${own}`, `${own} ${text}`, { at: MORNING + n * 60_000 }), articleId: n + 1 }
  }
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(30), fc.nat(12), (before, between, after) => {
      const running = newIndexes()
      const rows = Array.from({ length: before }, (_, n) => keep(running, told(n)))
      const packed = packedOf(running)
      for (let n = 0; n < between; n++) rows.push(keep(running, told(before + n)))
      const unpacked = goneOn(rows, packed, before, MORNING)
      for (let n = 0; n < after; n++) {
        const document = told(before + between + n)
        const place = running.stories.assign(document)
        expect(place.p).toBeGreaterThan(0)
        expect(unpacked.stories.assign({ ...document })).toEqual(place)
        keep(running, document)
        keep(unpacked, { ...document })
      }
    }),
    { numRuns: 40 },
  )
})

/** Adds a report to the one story, whatever it resembles. */
function keep({ duplicates, stories }: Indexes, document: EchoDocument): Row {
  const isPosted = duplicates.add(document)
  const weights = stories.addTo(1, document)
  const print = printOf(document)
  const { articleId, sourceId, at, seenAt = at } = document
  return {
    articleId,
    storyId: 1,
    sourceId,
    at,
    seenAt,
    packed: packReport({ ...print, print, isPosted, weights }),
  }
}
