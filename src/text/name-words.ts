// The words of a text that may be names, as skeletons that both scripts share.
import { backgroundShares } from './background-counts.ts'
import { spelledWords } from './fingerprint.ts'
import { nameSkeleton } from './name-skeleton.ts'

const LETTERS_LEAST = 3
const SOUNDS_LEAST = 3 // two consonants are in every other word
const capitalised = /\p{Lu}[\p{Script=Latin}\p{M}'’]+/gu
const arabicWord = /[\p{Script=Arabic}\p{M}]+/gu
const possessive = /['’]s?$/u
const attachedArticle = /^[وفبك]?ال|^[وف]?لل/u
const attachedLetter = /^[وفبلك]/u

/** Skeletons of the words that are not common in news at large, each with such a word. One may have several: nothing tells what is attached. */
export function nameWords(text: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const word of wordsOf(text))
    for (const [skeleton, form] of namesOf(word)) if (!names.has(skeleton)) names.set(skeleton, form)
  return names
}

type Names = readonly (readonly [skeleton: string, form: string])[]

const known = new Map<string, Names>() // most words of a report came before: it takes a fifth of the time
const KNOWN_MOST = 20_000

function namesOf(word: string): Names {
  const before = known.get(word)
  if (before !== undefined) return before
  const forms = spelledWords(word).flatMap(({ spelling }) => formsOf(spelling))
  const names = forms.some(isCommon) ? [] : forms.map((form) => [nameSkeleton(form), form] as const)
  const long = names.filter(([skeleton]) => skeleton.length >= SOUNDS_LEAST)
  if (known.size >= KNOWN_MOST) known.clear()
  known.set(word, long)
  return long
}

/** Names are capitalised in the Latin script; in the Arabic one every word may be a name. */
function wordsOf(text: string): readonly string[] {
  const latin = Array.from(text.matchAll(capitalised), ([word]) => word.replace(possessive, ''))
  const arabic = Array.from(text.matchAll(arabicWord), ([word]) => word)
  return [...latin, ...arabic]
}

function formsOf(word: string): readonly string[] {
  const bare = word.replace(attachedArticle, '')
  const forms = bare === word ? [word, word.replace(attachedLetter, '')] : [word, bare]
  return [...new Set(forms)].filter(({ length }) => length >= LETTERS_LEAST)
}

let common: { readonly words: ReadonlySet<number>; readonly stems: ReadonlySet<number> } | undefined

function isCommon(form: string): boolean {
  common ??= {
    words: new Set(backgroundShares('words').keys()),
    stems: new Set(backgroundShares('stems').keys()),
  }
  const { words, stems } = common
  return spelledWords(form).some(({ word, stem }) => words.has(word) || stems.has(stem))
}
