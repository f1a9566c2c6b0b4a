// A term as phrases of the full-text index: every spelling that the matcher of topics would accept.
import { ARABIC_ARTICLE, ATTACHED_PREFIXES, swallowsArticle } from '../text/attached.ts'
import type { TermNode } from './query-tree.ts'
import { ANY_LETTER, readTerm, STAR, type TermWord, takesPrefixes } from './term.ts'

/** Phrases in FTS5 syntax, any of which is a hit. `exact` is false when the matcher would decide more finely. */
export type SearchTerm = { readonly phrases: readonly string[]; readonly exact: boolean }

/** Phrases one term may become; an index answers some thousands in the time a person waits. */
const PHRASES_MAX = 512

/** The most frequent first: where not all can be tried, these are. */
const FREQUENT = 'ال و ب ل وال بال لل'.split(' ')
const PREFIXES = [...FREQUENT, ...ATTACHED_PREFIXES.filter((prefix) => !FREQUENT.includes(prefix))]

/** The phrases of a term, at most `most`; undefined when it has wildcards the index cannot answer. */
export function searchTerm(term: TermNode, most = PHRASES_MAX): SearchTerm | undefined {
  const { variants } = readTerm(term.text, term.mode)
  const found = variants.map((words) => variantPhrases(words, term.attached, Math.max(1, most)))
  if (found.some((one) => one === undefined)) return undefined
  const known = found.filter((one) => one !== undefined)
  return {
    phrases: [...new Set(known.flatMap(({ phrases }) => phrases))],
    exact: term.mode === 'plain' && known.every(({ exact }) => exact),
  }
}

function variantPhrases(words: readonly TermWord[], attached: boolean, most: number): SearchTerm | undefined {
  const folded = words.map((word) => word.folded)
  const last = folded.at(-1) ?? ''
  const isPrefix = last.endsWith(STAR)
  const literal = [...folded.slice(0, -1), isPrefix ? last.slice(0, -STAR.length) : last]
  if (literal.some((word) => word.includes(STAR) || word.includes(ANY_LETTER))) return undefined
  const attaching = folded.map((word) => attached && takesPrefixes(word))
  const count = attaching.filter(Boolean).length
  const most1 = Math.floor(most ** (1 / Math.max(1, count)) + 1e-9)
  const forms = literal.map((word, index) =>
    attaching[index] === true ? attachedForms(word).slice(0, most1) : [word],
  )
  const exact = literal.every(
    (word, index) => attaching[index] !== true || attachedForms(word).length <= most1,
  )
  return { phrases: combine(forms).map((phrase) => `"${phrase.join(' ')}"${isPrefix ? ' *' : ''}`), exact }
}

/** A word alone and with each prefix; behind لل the article is left out. */
function attachedForms(word: string): readonly string[] {
  const isHebrew = /\p{Script=Hebrew}/u.test(word)
  const prefixes = PREFIXES.filter((prefix) => /\p{Script=Hebrew}/u.test(prefix) === isHebrew)
  const swallowed = word.startsWith(ARABIC_ARTICLE) ? word.slice(ARABIC_ARTICLE.length) : ''
  const withSwallowed =
    swallowed.length >= 3 ? prefixes.filter(swallowsArticle).map((prefix) => prefix + swallowed) : []
  return [word, ...withSwallowed, ...prefixes.map((prefix) => prefix + word)]
}

function combine(forms: readonly (readonly string[])[]): readonly (readonly string[])[] {
  let phrases: readonly (readonly string[])[] = [[]]
  for (const choices of forms)
    phrases = phrases.flatMap((phrase) => choices.map((choice) => [...phrase, choice]))
  return phrases
}
