// Languages and countries by name, in the language of the edition.
import type { EditionLanguage } from '../model/digest.ts'

type Kind = 'language' | 'region'
const made = new Map<string, Intl.DisplayNames>() // each takes a millisecond to make, so not before it is asked for

/** `Arabic` for `ar` or `ar-IQ`; '' for what is no language tag, since feeds put anything there. */
export function languageName(language: EditionLanguage, tag: string): string {
  const primary = /^[a-z]{2,3}(?=-|$)/i.exec(tag)?.[0]?.toLowerCase()
  return primary === undefined ? '' : (names(language, 'language').of(primary) ?? primary)
}

/** `Iraq` for `IQ`; codes that Unicode does not name stay as they are. */
export function countryName(language: EditionLanguage, code: string): string {
  return /^[a-z]{2}$/i.test(code) ? (names(language, 'region').of(code.toUpperCase()) ?? code) : code
}

function names(language: EditionLanguage, type: Kind): Intl.DisplayNames {
  const key = `${language} ${type}`
  const known = made.get(key) ?? new Intl.DisplayNames(language, { type, fallback: 'code' })
  made.set(key, known)
  return known
}
