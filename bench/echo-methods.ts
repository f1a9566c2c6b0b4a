// Other ways to find copies, streamed over the same labelled items as ours: MinHash with banding, SimHash, the exact headline.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { documentOf, readItems } from '../scripts/labelled-items.ts'
import { createDuplicateIndex } from '../src/pipeline/dedupe-index.ts'
import type { EchoDocument } from '../src/pipeline/echo-document.ts'
import { printOf } from '../src/pipeline/echo-document.ts'
import { titleHash } from '../src/text/fingerprint.ts'
import { mixBits } from '../src/text/word-table.ts'
import { agreement } from '../tests/conformance/agreement.ts'

/** Takes reports one at a time and gives the number of the report that each copies, or its own. */
type Method = () => (document: EchoDocument) => number

const WINDOW_MS = 3 * 86_400_000
const HASHES = 128
const BAND_ROWS = 4
const SIMILAR_LEAST = 0.5
const SHINGLE_WORDS = 3
const BITS = 64
const BITS_OTHER_MAX = 3

/** The documents that are filed under a key and not too old. */
function filing() {
  const files = new Map<string, EchoDocument[]>()
  return {
    add: (key: string, document: EchoDocument) => files.set(key, [...(files.get(key) ?? []), document]),
    find: (key: string, at: number) => (files.get(key) ?? []).filter((known) => at - known.at <= WINDOW_MS),
  }
}

function shinglesOf(document: EchoDocument): readonly number[] {
  const { words } = printOf(document)
  const count = Math.max(1, words.length - SHINGLE_WORDS + 1)
  return Array.from({ length: count }, (_, start) =>
    words.slice(start, start + SHINGLE_WORDS).reduce((hash, word) => mixBits(hash ^ word), 0),
  )
}

const minHashOf = (document: EchoDocument): Int32Array => {
  const shingles = shinglesOf(document)
  return Int32Array.from({ length: HASHES }, (_, seed) =>
    Math.min(...shingles.map((one) => mixBits(one ^ (seed * 0x9e3779b1)))),
  )
}

const similarity = (a: Int32Array, b: Int32Array) =>
  a.filter((hash, index) => hash === b[index]).length / HASHES

const minHash: Method = () => {
  const bands = filing()
  const known = new Map<number, { readonly hashes: Int32Array; readonly original: number }>()
  return (document) => {
    const hashes = minHashOf(document)
    const keys = Array.from(
      { length: HASHES / BAND_ROWS },
      (_, band) => `${band} ${hashes.slice(band * BAND_ROWS, (band + 1) * BAND_ROWS)}`,
    )
    const near = keys
      .flatMap((key) => bands.find(key, document.at))
      .map(({ articleId }) => known.get(articleId))
    const scored = near.flatMap((one) =>
      one === undefined ? [] : [{ ...one, score: similarity(one.hashes, hashes) }],
    )
    const best = scored.toSorted((a, b) => b.score - a.score)[0]
    const original = best !== undefined && best.score >= SIMILAR_LEAST ? best.original : document.articleId
    known.set(document.articleId, { hashes, original })
    for (const key of keys) bands.add(key, document)
    return original
  }
}

function simHashOf(document: EchoDocument): readonly number[] {
  const sums = new Int32Array(BITS)
  for (const word of printOf(document).words) {
    for (let bit = 0; bit < BITS; bit++) {
      const hash = bit < 32 ? mixBits(word) : mixBits(word ^ 0x5bd1e995)
      sums[bit] = (sums[bit] ?? 0) + (((hash >>> (bit & 31)) & 1) === 1 ? 1 : -1)
    }
  }
  return Array.from(sums, (sum) => (sum > 0 ? 1 : 0))
}

// Every known report is looked at: what is measured is how well the method tells copies, not an index for it.
const simHash: Method = () => {
  let known: { at: number; bits: readonly number[]; original: number }[] = []
  return (document) => {
    const bits = simHashOf(document)
    known = known.filter(({ at }) => document.at - at <= WINDOW_MS)
    const found = known.find(
      (one) => one.bits.filter((bit, index) => bit !== bits[index]).length <= BITS_OTHER_MAX,
    )
    const original = found?.original ?? document.articleId
    known.push({ at: document.at, bits, original })
    return original
  }
}

const exactTitle: Method = () => {
  const titles = filing()
  const originals = new Map<number, number>()
  return (document) => {
    const key = String(titleHash(printOf(document)))
    const found = titles.find(key, document.at)[0]
    const original = originals.get(found?.articleId ?? -1) ?? document.articleId
    originals.set(document.articleId, original)
    titles.add(key, document)
    return original
  }
}

const ours: Method = () => {
  const index = createDuplicateIndex()
  return (document) => {
    index.forgetBefore(document.at - WINDOW_MS)
    const found = index.nearest(document)
    index.add(document, found?.articleId)
    return found?.articleId ?? document.articleId
  }
}

/** Prints how well each method groups the copies in the labelled sets of a folder, and its time an item. */
export function compareMethods(dir: string): void {
  const methods = {
    'rare words + model': ours,
    'MinHash-128': minHash,
    'SimHash h<=3': simHash,
    'exact headline': exactTitle,
  }
  for (const set of ['nd-reuters', 'nd-synthetic'].filter((name) => existsSync(join(dir, `${name}.jsonl`)))) {
    const items = readItems(join(dir, `${set}.jsonl`))
    const documents = items.map((item, index) => documentOf(item, index))
    const truth = items.map(({ cluster }, index) => cluster ?? `none ${index}`)
    for (const [name, method] of Object.entries(methods)) {
      const began = process.cpuUsage()
      const next = method()
      const found = documents.map((document) => String(next(document)))
      const us = process.cpuUsage(began).user / documents.length
      const { adjustedRand, bcubedF1 } = agreement(truth, found)
      process.stdout.write(
        `${set}  ${name.padEnd(20)} ARI ${(100 * adjustedRand).toFixed(1)}  B3 ${(100 * bcubedF1).toFixed(1)}  ${us.toFixed(0)} us an item\n`,
      )
    }
  }
}
