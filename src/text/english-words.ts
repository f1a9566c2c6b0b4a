// Whether a short headline is English, which statistics of letters often cannot tell: by the words it is made of.
import table from './background-counts.json' with { type: 'json' }

// What the counts, taken from older news, do not know.
const NEWER =
  'airstrike airstrikes backs bans blasts ceasefire clashes confirms deadly denies downs drone envoy evacuated exclusive explained explainer eyes flees fires hails halts hits hostage hostages jails jets kills lawmakers mulls nears ousts pandemic protester protesters quits rallies rebuilds rebels rocket rockets rejects seize seizes shells slams slides sparks standoff strike strikes summit truce unrest urges vows warns weighs'.split(
    ' ',
  )
const LETTERS_LEAST = 3 // shorter words belong to many languages
const SHARE_LEAST = 0.6
let known: ReadonlySet<string> | undefined

function englishWords(): ReadonlySet<string> {
  known ??= new Set([...table.en.flatMap(({ words }) => words.split(' ')), ...NEWER])
  return known
}

/**
 * Whether two words or more of a text in plain ASCII letters are English, and most of them are. Names, which all languages share, are left
 * out where they can be told: by their capitals, unless the headline writes every word with one.
 */
export function readsLikeEnglish(text: string): boolean {
  if (/[^\p{ASCII}‘’“”–—…]/u.test(text)) return false
  const words = (text.match(/[a-z]+/gi) ?? []).filter((word) => word.length >= LETTERS_LEAST)
  const lower = words.filter((word) => word === word.toLowerCase())
  const telling = lower.length >= 2 ? lower : words
  const english = telling.filter((word) => englishWords().has(word.toLowerCase())).length
  return english >= 2 && english >= telling.length * SHARE_LEAST
}
