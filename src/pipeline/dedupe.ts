// What becomes of an incoming item: decided from what the store knows of it, and nothing done here.
import { fingerprint, isNumber, titleHash } from '../text/fingerprint.ts'
import { bareHeadline } from '../text/headline.ts'
import { isLivePage } from '../text/live-page.ts'
import type { Nearest } from './dedupe-index.ts'

/** An item on its way in. Plain text; '' for what the feed did not say. */
export type ComparedItem = {
  readonly sourceId: string
  readonly title: string
  readonly text: string
  readonly url?: string
}

export type ComparedArticle = ComparedItem & { readonly articleId: number }

/** What the store knows that may be the same. Each absent when there is none. */
export type Known = {
  readonly sameItem?: ComparedArticle // the same feed published it under the same item key (guid, or link without one)
  readonly sameUrl?: ComparedArticle // the same URL key, from whatever source
  readonly nearest?: Nearest // by text
}

/**
 * - unchanged: the article `of`, word for word, or less of it from another feed of its source (a sighting, when it is another feed)
 * - revision: the publisher changed the article `of`; `corrected` when its headline or its numbers are other ones now
 * - duplicate: a copy of the article `of`, to be kept as a sighting; `corrected` when the copy says that it corrects
 * - new: an article of its own
 */
export type Decision =
  | { readonly kind: 'unchanged'; readonly of: number; readonly because: string }
  | { readonly kind: 'revision'; readonly of: number; readonly because: string; readonly corrected: boolean }
  | { readonly kind: 'duplicate'; readonly of: number; readonly because: string; readonly corrected: boolean }
  | { readonly kind: 'new'; readonly because: string }

/**
 * Decides by the strongest evidence first: item key, URL, text. Only a source can revise its own article: an item that carries the
 * URL of another source's article is a copy if it says the same, else an article of its own, never a change of the other.
 */
export function decide(incoming: ComparedItem, known: Known): Decision {
  const { sameItem, sameUrl, nearest } = known
  if (sameItem?.sourceId === incoming.sourceId) return compareVersions(incoming, sameItem, 'same-guid')
  if (sameUrl?.sourceId === incoming.sourceId) {
    return compareVersions(isShortened(incoming, sameUrl) ? sameUrl : incoming, sameUrl, 'same-url')
  }
  if (sameUrl !== undefined && (nearest?.articleId === sameUrl.articleId || sayTheSame(incoming, sameUrl))) {
    return {
      kind: 'duplicate',
      of: sameUrl.articleId,
      because: 'same-url',
      corrected: isCorrection(incoming),
    }
  }
  if (nearest !== undefined && !isLivePage(incoming.title, incoming.url)) return echoOf(incoming, nearest)
  return { kind: 'new', because: sameUrl === undefined ? 'unlike-any' : 'other-text-under-known-url' }
}

function compareVersions(incoming: ComparedItem, article: ComparedArticle, because: string): Decision {
  const of = article.articleId
  if (incoming.title === article.title && incoming.text === article.text)
    return { kind: 'unchanged', of, because }
  return { kind: 'revision', of, because, corrected: isCorrection(incoming) || differs(incoming, article) }
}

// Another feed of the source may carry less of the text. Were that a revision, two feeds would revise each other for ever.
function isShortened(incoming: ComparedItem, article: ComparedArticle): boolean {
  const beginning = incoming.text.replace(/[\s.…[\]]+$/, '')
  return incoming.title === article.title && article.text.startsWith(beginning)
}

// A source that sends its report again under another address, marked as correction or update, supersedes its own.
function echoOf(incoming: ComparedItem, nearest: Nearest): Decision {
  const { flags } = bareHeadline(incoming.title)
  const supersedes = flags.includes('correction') || flags.includes('update')
  const kind = supersedes && nearest.sourceId === incoming.sourceId ? 'revision' : 'duplicate'
  return { kind, of: nearest.articleId, because: reason(nearest), corrected: isCorrection(incoming) }
}

function reason({ p, isSameTitle, shares }: Nearest): string {
  if (isSameTitle) return 'same-title'
  return `near-duplicate p=${p.toFixed(2)}: shares ${shares.join(', ')}`
}

function isCorrection({ title }: ComparedItem): boolean {
  return bareHeadline(title).flags.includes('correction')
}

// Live pages change their headline and their numbers all day; that corrects nothing.
function differs(a: ComparedItem, b: ComparedItem): boolean {
  if (isLivePage(a.title, a.url)) return false
  const [printA, printB] = [fingerprint(a.title, a.text), fingerprint(b.title, b.text)]
  if (titleHash(printA) !== titleHash(printB)) return true
  const [numbersA, numbersB] = [printA.words.filter(isNumber), printB.words.filter(isNumber)]
  return !isSubset(numbersA, numbersB) && !isSubset(numbersB, numbersA) // a text that only grew corrects nothing
}

function isSubset(some: Int32Array, all: Int32Array): boolean {
  const known = new Set(all)
  return some.every((word) => known.has(word))
}

const AGREEING_WORDS_LEAST = 4
const AGREEING_SHARE = 0.6

// Without knowing which words are rare: most words of the shorter one, title and first lines, are in the other.
function sayTheSame(a: ComparedItem, b: ComparedItem): boolean {
  const [wordsA, wordsB] = [wordSet(a), wordSet(b)]
  const least = Math.min(wordsA.size, wordsB.size)
  const shared = [...wordsA].filter((word) => wordsB.has(word)).length
  return least >= AGREEING_WORDS_LEAST && shared >= AGREEING_SHARE * least
}

function wordSet({ title, text }: ComparedItem): Set<number> {
  return new Set(fingerprint(title, text).words)
}
