// Verdicts on their way between two threads: numbers, texts and what is kept of the reports each in one run.
import type { KnownVerdict, NewVerdict, Verdict } from './judge.ts'
import { createTextPacker, createTextReader, type PackedTexts } from './packed-texts.ts'

export type PackedVerdicts = {
  readonly numbers: Float64Array<ArrayBuffer>
  readonly texts: PackedTexts // why, and of a new article also why it is in its story
  readonly reports: Uint8Array<ArrayBuffer> // one after the other
}

const kinds = ['new', 'unchanged', 'duplicate', 'revision'] as const
const NO_REPORT = -1

/** The memory of `numbers` and `reports` is to be transferred. */
export function packVerdicts(verdicts: readonly Verdict[]): PackedVerdicts {
  const numbers: number[] = []
  const packer = createTextPacker()
  const reports = new Uint8Array(verdicts.reduce((sum, { report }) => sum + (report?.length ?? 0), 0))
  let from = 0
  for (const verdict of verdicts) {
    const { decision, report } = verdict
    numbers.push(kinds.indexOf(decision.kind), report?.length ?? NO_REPORT)
    packer.add(decision.because)
    if ('articleId' in verdict) {
      const { articleId, storyId, place } = verdict
      const isNewStory = place.storyId === 'new' ? 1 : 0
      numbers.push(articleId, storyId, isNewStory, place.p, place.related.length, ...place.related)
      packer.add(place.because)
    } else {
      const isCorrected = 'corrected' in verdict.decision && verdict.decision.corrected
      numbers.push(verdict.decision.of, isCorrected ? 1 : 0)
    }
    if (report === undefined) continue
    reports.set(report, from)
    from += report.length
  }
  return { numbers: Float64Array.from(numbers), texts: packer.packed(), reports }
}

type Reader = {
  readonly isAtEnd: () => boolean
  readonly number: () => number
  readonly text: () => string
  readonly report: (byteLength: number) => Uint8Array
}

function createReader({ numbers, texts, reports }: PackedVerdicts): Reader {
  const reader = createTextReader(texts)
  let [at, from] = [0, 0]
  return {
    isAtEnd: () => at >= numbers.length,
    number: () => numbers[at++] ?? 0,
    text: () => reader.next() ?? '',
    report: (byteLength) => {
      from += byteLength
      return reports.subarray(from - byteLength, from)
    },
  }
}

/** What `packVerdicts` packed, in the same order. */
export function unpackVerdicts(packed: PackedVerdicts): readonly Verdict[] {
  const reader = createReader(packed)
  const verdicts: Verdict[] = []
  while (!reader.isAtEnd()) verdicts.push(nextVerdict(reader))
  return verdicts
}

function nextVerdict(reader: Reader): Verdict {
  const kind = kinds[reader.number()] ?? 'new'
  const bytes = reader.number()
  const report = bytes === NO_REPORT ? undefined : reader.report(bytes)
  const because = reader.text()
  if (kind === 'new') return nextNew(reader, { kind, because }, report ?? new Uint8Array())
  const [of, corrected] = [reader.number(), reader.number() === 1]
  const decision: KnownVerdict['decision'] =
    kind === 'unchanged' ? { kind, of, because } : { kind, of, because, corrected }
  return report === undefined ? { decision } : { decision, report }
}

function nextNew(reader: Reader, decision: NewVerdict['decision'], report: Uint8Array): NewVerdict {
  const { number } = reader
  const [articleId, storyId, isNewStory, p] = [number(), number(), number() === 1, number()]
  const related = Array.from({ length: number() }, number)
  const place = { storyId: isNewStory ? ('new' as const) : storyId, p, related, because: reader.text() }
  return { decision, articleId, storyId, place, report }
}
