// node scripts/train-echo.ts DIR: learns when two reports are one from the labelled sets in DIR (nd-*.jsonl); prints the weights for
// src/pipeline/dedupe-model.ts. Trained on real wire copies and synthetic ones together: synthetic ones alone fail on the real.
import { join } from 'node:path'
import {
  addEntry,
  candidatesOf,
  headlineHash,
  newCandidates,
  postedWords,
} from '../src/pipeline/dedupe-candidates.ts'
import { comparable, type WordSequence } from '../src/pipeline/dedupe-comparable.ts'
import { forgetEntries } from '../src/pipeline/dedupe-entries.ts'
import { type Features, featuresOf } from '../src/pipeline/dedupe-features.ts'
import { distinctValues } from '../src/pipeline/distinct-values.ts'
import { headlineShape } from '../src/pipeline/headline-shape.ts'
import { type Fingerprint, fingerprint, LEAD_UNITS } from '../src/text/fingerprint.ts'
import { countReport, newRarity, type Rarity } from '../src/text/rarity.ts'
import { type LabelledItem, readItems } from './labelled-items.ts'
import { fitLogistic, type Sample } from './logistic.ts'

type Kept = { readonly item: LabelledItem; readonly at: number; readonly print: Fingerprint }

const DAY_MS = 86_400_000
const WINDOW_MS = 3 * DAY_MS
const LEADS_UNITS = [0, 30, 60, 100, 160, LEAD_UNITS] // how short feeds cut
const WIRE_WEIGHT = 2.5 // real copies are rarer in the sets than synthetic ones
const TITLE_ONLY_WEIGHT = 0.1
const SELF_WEIGHT = 0.3
const RIDGE = 1e-5

const isSame = (a: LabelledItem, b: LabelledItem) => a.cluster !== null && a.cluster === b.cluster

const sampleOf = (features: Features, isPositive: boolean, weight: number): Sample => ({
  values: Object.values(features),
  isPositive,
  weight,
})

/** Streams the items and samples every pair that the index proposes, as published and by its titles alone. */
function samplesOf(items: readonly LabelledItem[], weight: number): Sample[] {
  const candidates = newCandidates()
  const { rarity, entries } = candidates
  const known: Kept[] = []
  return items.flatMap((item, index) => {
    const kept = { item, at: Date.parse(item.published), print: printOf(item) }
    const { at, print } = kept
    const shape = headlineShape(item.title)
    forgetEntries(entries, at - WINDOW_MS)
    const distinct = distinctValues(print.words)
    const others = candidatesOf(candidates, distinct, headlineHash({ print, shape })).flatMap(
      (number) => known[number] ?? [],
    )
    const pairs = others.flatMap((other) => pairSamples(kept, other, weight, rarity))
    known[entries.next] = kept
    const entry = {
      articleId: index,
      sourceId: '',
      at,
      seenAt: at,
      textLength: item.text.length,
      print,
      shape,
    }
    addEntry(candidates, entry, postedWords(candidates, print.words, distinct))
    countReport(rarity, distinct)
    return index % 20 === 0 ? [...pairs, ...selfSamples(item, index / 20, rarity)] : pairs
  })
}

const printOf = (item: LabelledItem, units = LEAD_UNITS) => fingerprint(item.title, item.text.slice(0, units))

function pairSamples(a: Kept, b: Kept, weight: number, rarity: Rarity): Sample[] {
  const days = Math.abs(a.at - b.at) / DAY_MS
  const compare = (one: WordSequence, other: WordSequence) =>
    featuresOf(comparable(one, rarity), comparable(other, rarity), days)
  return [
    sampleOf(compare(a.print, b.print), isSame(a.item, b.item), weight),
    sampleOf(
      compare(printOf(a.item, 0), printOf(b.item, 0)),
      isSame(a.item, b.item),
      weight * TITLE_ONLY_WEIGHT,
    ),
  ]
}

/** A report is the same as itself, however short it is cut. Without these, short identical items would not be recognised. */
function selfSamples(item: LabelledItem, turn: number, rarity: Rarity): Sample[] {
  const units = LEADS_UNITS[turn % LEADS_UNITS.length] ?? LEAD_UNITS
  const whole = comparable(printOf(item), rarity)
  const cut = comparable(printOf(item, units), rarity)
  const samples = [sampleOf(featuresOf(cut, cut, 0.2), true, SELF_WEIGHT)]
  return units === 0 ? samples : [...samples, sampleOf(featuresOf(cut, whole, 0.2), true, SELF_WEIGHT)]
}

const dir = process.argv[2] ?? ''
const samples = [
  ...samplesOf(readItems(join(dir, 'nd-reuters.jsonl')), WIRE_WEIGHT),
  ...samplesOf(readItems(join(dir, 'nd-synthetic.jsonl')), 1),
]
const empty = comparable(fingerprint('', ''), newRarity('words'))
const names = Object.keys(featuresOf(empty, empty, 0))
const { bias, weights } = fitLogistic(samples, RIDGE)
process.stdout.write(`const bias = ${bias.toFixed(2)}\nconst weights: Features = {\n`)
for (const [index, name] of names.entries())
  process.stdout.write(`  ${name}: ${weights[index]?.toFixed(2)},\n`)
process.stdout.write(
  `}\n// ${samples.length} samples, ${samples.filter(({ isPositive }) => isPositive).length} of them copies\n`,
)
