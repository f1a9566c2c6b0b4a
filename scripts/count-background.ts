// node scripts/count-background.ts DIR: counts in how many reports of the labelled sets in DIR each word occurs and writes
// src/text/background-counts.json. Counts only: no text, no order of words, no numbers.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isNumber, LEAD_UNITS, spelledWords } from '../src/text/fingerprint.ts'
import { arabicWords } from './arabic-words.ts'

type PlainReport = {
  readonly title: string
  readonly text: string
  readonly lang: string
  readonly kind?: string
}
type Group = { readonly oneIn: number; readonly words: string }

const REPORTS_LEAST = 3 // a word in fewer reports is as good as unseen
const RAREST_ONE_IN = 2_000
const STEPS_PER_OCTAVE = 2

function read(dir: string, name: string): readonly PlainReport[] {
  const lines = readFileSync(join(dir, name), 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as PlainReport) // the format of the sets' README
}

/** The share of reports that contain each word, of words in at least REPORTS_LEAST of them. */
function sharesIn(reports: readonly PlainReport[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { title, text } of reports) {
    const spelled = spelledWords(`${title}\n${text.slice(0, LEAD_UNITS)}`).filter(
      ({ word }) => !isNumber(word),
    )
    for (const word of new Set(spelled.map(({ spelling }) => spelling)))
      counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const known = [...counts].filter(([, count]) => count >= REPORTS_LEAST)
  return new Map(known.map(([word, count]) => [word, count / reports.length]))
}

/** Old wire and newer news tell different things about a word: the mean of both. */
function meanOf(sets: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const words = new Set(sets.flatMap((set) => [...set.keys()]))
  return new Map(
    [...words].map((word) => [word, sets.reduce((sum, set) => sum + (set.get(word) ?? 0), 0) / sets.length]),
  )
}

function groupsOf(shares: ReadonlyMap<string, number>): readonly Group[] {
  const groups = new Map<number, string[]>()
  for (const [word, share] of shares) {
    const step = Math.round(Math.log2(1 / share) * STEPS_PER_OCTAVE)
    const oneIn = Math.round(2 ** (step / STEPS_PER_OCTAVE) * 10) / 10
    if (oneIn <= RAREST_ONE_IN) groups.set(oneIn, [...(groups.get(oneIn) ?? []), word])
  }
  const sorted = [...groups].toSorted((a, b) => a[0] - b[0])
  return sorted.map(([oneIn, words]) => ({ oneIn, words: words.toSorted().join(' ') }))
}

const dir = process.argv[2] ?? ''
const originals = read(dir, 'nd-synthetic.jsonl').filter(({ kind }) => kind === 'orig')
const english = [read(dir, 'nd-reuters.jsonl'), read(dir, 'story-mix.jsonl')]
const persian = originals.filter(({ lang }) => lang === 'fa')
const table = {
  en: groupsOf(meanOf(english.map(sharesIn))),
  fa: groupsOf(sharesIn(persian)),
  ar: arabicWords,
}
const file = join(import.meta.dirname, '../src/text/background-counts.json')
writeFileSync(file, `${JSON.stringify(table, null, 2)}\n`)
process.stdout.write(`${file}: ${JSON.stringify(table).length} characters\n`)
