// Generated reports for timing: a vocabulary in Zipf's proportions, events with rare words of their own, copies and rewritten reports.
import type { EchoDocument } from '../src/pipeline/echo-document.ts'

export type Generated = { readonly document: EchoDocument; readonly storyId: number }

const WORDS = 200_000
const NAMES = 1_000_000
const TEXT_WORDS = 45
const TITLE_WORDS = 9
const EVENT_WORDS = 12
const COPY_SHARE = 0.25
const SAME_STORY_SHARE = 0.25

/** A random number below 1 from a seed: mulberry32 (public domain). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const LATIN = 'bcdfghklmnprstvz'
const ARABIC = 'بتثجحخدذرزسشصضطظعغفقكلمنهوي'

// Half of the words are Latin, half Arabic, of three to nine letters.
function wordOf(number: number): string {
  const letters = number % 2 === 0 ? LATIN : ARABIC
  let [left, word] = [number + 4_000, '']
  while (left > 0) {
    word += letters.charAt(left % letters.length) + (number % 2 === 0 ? 'aeiou'.charAt(left % 5) : '')
    left = Math.floor(left / letters.length)
  }
  return word
}

const REMEMBERED = 500 // copies and further reports follow soon

/** `count` reports spread evenly over `spanMs` before `until`, one at a time; always the same for the same seed. */
export function* streamReports(count: number, spanMs: number, until: number, seed = 1): Generator<Generated> {
  const random = seededRandom(seed)
  const latest: Generated[] = []
  for (let articleId = 1; articleId <= count; articleId++) {
    const at = until - spanMs + (articleId / count) * spanMs
    const model =
      random() < COPY_SHARE + SAME_STORY_SHARE
        ? latest[(articleId - 2 - Math.floor(random() * REMEMBERED)) % REMEMBERED]
        : undefined
    const report = reportLike(model, random, articleId, at)
    latest[(articleId - 1) % REMEMBERED] = report
    yield report
  }
}

/** The same as a list. */
export function generateReports(count: number, spanMs: number, until: number): readonly Generated[] {
  return [...streamReports(count, spanMs, until)]
}

function reportLike(
  model: Generated | undefined,
  random: () => number,
  articleId: number,
  at: number,
): Generated {
  const zipf = () => Math.floor(WORDS ** random())
  const words = (length: number) => Array.from({ length }, () => wordOf(zipf()))
  const isCopy = model !== undefined && random() < COPY_SHARE / (COPY_SHARE + SAME_STORY_SHARE)
  const rare = Array.from({ length: EVENT_WORDS }, () => wordOf(Math.floor(random() * NAMES)))
  const event = model === undefined ? rare : model.document.title.split(' ').slice(0, TITLE_WORDS - 2)
  const title = isCopy
    ? `${model.document.title} ${words(1).join(' ')}`
    : [...event.slice(0, TITLE_WORDS - 2), ...words(2)].join(' ')
  const text = isCopy
    ? `${words(3).join(' ')} ${model.document.text}`
    : [...event, ...words(TEXT_WORDS - EVENT_WORDS)].join(' ')
  const source = `source-${Math.floor(random() * 400)}`
  const document = { articleId, sourceId: source, family: source, title, text, at }
  return { document, storyId: model?.storyId ?? articleId }
}
