// How common words are in news at large, before anything was seen: counts only, no text. Made by scripts/count-background.ts.

import table from './background-counts.json' with { type: 'json' }
import { spelledWords } from './fingerprint.ts'

/** For each language, lists of folded words; one report in `oneIn` contains them. A word is listed once. */
type Table = Readonly<Record<string, readonly { readonly oneIn: number; readonly words: string }[]>>

/** The languages whose common words are known before anything was seen. */
export const backgroundLanguages: ReadonlySet<string> = new Set(Object.keys(table))

/**
 * The share of reports, 0 to 1, that contain each listed word or stem, in the language where it is most common. A language that
 * is not listed starts without a background: its first hundreds of reports are compared a little less well.
 */
export function backgroundShares(of: 'words' | 'stems'): ReadonlyMap<number, number> {
  const languages: Table = table
  const shares = new Map<number, number>()
  for (const groups of Object.values(languages)) {
    for (const [key, share] of sharesOf(groups, of)) shares.set(key, Math.max(share, shares.get(key) ?? 0))
  }
  return shares
}

// Several words may have one stem: whoever contains one of them contains it.
function sharesOf(groups: Table[string], of: 'words' | 'stems'): ReadonlyMap<number, number> {
  const shares = new Map<number, number>()
  for (const { oneIn, words } of groups) {
    for (const { word, stem } of spelledWords(words.replaceAll(' ', '\n'))) {
      const key = of === 'words' ? word : stem
      shares.set(key, Math.min(1, (shares.get(key) ?? 0) + 1 / oneIn))
    }
  }
  return shares
}
