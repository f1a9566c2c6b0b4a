// A term as phrases of the full-text index: every spelling that the matcher of topics would accept.
import { ARABIC_ARTICLE, ATTACHED_PREFIXES, swallowsArticle } from '../text/attached.ts'
import { nameBeginnings } from '../text/name-beginnings.ts'
import { isRomanArticle, isSameName, nameKey } from '../text/romanise.ts'
import type { TermNode } from './query-tree.ts'
import { ANY_LETTER, readTerm, STAR, type TermWord, takesPrefixes } from './term.ts'

/** Phrases in FTS5 syntax, any of which is a hit. `exact` is false when the matcher would decide more finely. */
export type SearchTerm = { readonly phrases: readonly string[]; readonly exact: boolean }

/** Phrases one term may become; an index answers some thousands in the time a person waits. */
const PHRASES_MAX = 512

/** The most frequent first: where not all can be tried, these are. */
const FREQUENT = 'ال و ب ل وال بال لل'.split(' ')
const PREFIXES = [...FREQUENT, ...ATTACHED_PREFIXES.filter((prefix) => !FREQUENT.includes(prefix))]

/**
 * The phrases of a term, at most `most`; undefined when the index does not know how it is spelled (wildcards inside a word, `~`), or when
 * it has several words and more spellings than that.
 */
export function searchTerm(term: TermNode, most = PHRASES_MAX): SearchTerm | undefined {
  if (term.mode === 'name') return undefined
  const { variants } = readTerm(term.text, term.mode)
  const found = variants.map((words) => variantPhrases(words, term.attached, Math.max(1, most)))
  if (found.some((one) => one === undefined)) return undefined
  const known = found.filter((one) => one !== undefined)
  return {
    phrases: [...new Set(known.flatMap(({ phrases }) => phrases))],
    exact: term.mode === 'plain' && known.every(({ exact }) => exact),
  }
}

/** The words of the index that begin with these letters; undefined when it cannot list them. */
export type Vocabulary = (beginning: string) => Iterable<string> | undefined

/**
 * For each way to write a term, its words one by one, each as phrases that find at least that word; undefined for a word that may
 * be spelled in any way, or in more than `most`.
 */
export function looseTerm(
  term: TermNode,
  vocabulary: Vocabulary,
  most = PHRASES_MAX,
): readonly (readonly (readonly string[] | undefined)[])[] {
  const { variants } = readTerm(term.text, term.mode)
  if (term.mode === 'name')
    return variants.map((words) => [spellingsOf(tellingWord(words), vocabulary, most)])
  return variants.map((words) =>
    words.map(
      (word) =>
        variantPhrases([word], term.attached, most)?.phrases ?? beginningsOf(word.folded, term.attached),
    ),
  )
}

/** The word of a name that tells most. Its articles may be left out, and Abdul be Abd al; its other words are left to the matcher. */
function tellingWord(words: readonly TermWord[]): string {
  const names = words.map((word) => word.folded)
  const certain = names.filter((word) => !isRomanArticle(word) && !/^abd[aeou]l$/.test(word))
  const consonants = (word: string) => nameKey(word).consonants.length
  return certain.toSorted((a, b) => consonants(b) - consonants(a))[0] ?? ''
}

function spellingsOf(name: string, vocabulary: Vocabulary, most: number): readonly string[] | undefined {
  if (name === '') return undefined
  const wanted = nameKey(name)
  const found = new Set<string>()
  for (const beginning of nameBeginnings(name)) {
    const words = vocabulary(beginning)
    if (words === undefined) return undefined
    for (const word of words)
      if (/^[a-z]+$/.test(word) && isSameName(wanted, nameKey(word))) found.add(`"${word}"`)
  }
  if (found.size > most) return undefined
  return found.size === 0 ? [`"${name}"`] : [...found]
}

const BEGINNING_LEAST = 2 // letters; of one letter the index would give nearly everything

function beginningsOf(pattern: string, attached: boolean): readonly string[] | undefined {
  const beginning = pattern.split(STAR)[0]?.split(ANY_LETTER)[0] ?? ''
  if (beginning.length < BEGINNING_LEAST) return undefined
  const forms = attached && takesPrefixes(pattern) ? attachedForms(beginning) : [beginning]
  return forms.map((form) => `"${form}" *`)
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
  if (!exact && words.length > 1) return undefined // word by word fewer are enough, and none is left out
  return { phrases: combine(forms).map((phrase) => `"${phrase.join(' ')}"${isPrefix ? ' *' : ''}`), exact }
}

/** A word alone and with each prefix; behind لل the article is left out. */
function attachedForms(word: string): readonly string[] {
  const isHebrew = /\p{Script=Hebrew}/u.test(word)
  const prefixes = PREFIXES.filter((prefix) => /\p{Script=Hebrew}/u.test(prefix) === isHebrew)
  const swallowed = word.startsWith(ARABIC_ARTICLE) ? word.slice(ARABIC_ARTICLE.length) : ''
  const withSwallowed =
    swallowed === '' ? [] : prefixes.filter(swallowsArticle).map((prefix) => prefix + swallowed)
  return [word, ...withSwallowed, ...prefixes.map((prefix) => prefix + word)]
}

function combine(forms: readonly (readonly string[])[]): readonly (readonly string[])[] {
  let phrases: readonly (readonly string[])[] = [[]]
  for (const choices of forms)
    phrases = phrases.flatMap((phrase) => choices.map((choice) => [...phrase, choice]))
  return phrases
}
