// Languages and countries by name, in the language of the edition.
import type { EditionLanguage } from '../model/digest.ts'

type Names = Readonly<Record<EditionLanguage, Intl.DisplayNames>>
const languages = namesOf('language')
const regions = namesOf('region')

/** `Arabic` for `ar` or `ar-IQ`; '' for what is no language tag, since feeds put anything there. */
export function languageName(language: EditionLanguage, tag: string): string {
  const primary = /^[a-z]{2,3}(?=-|$)/i.exec(tag)?.[0]?.toLowerCase()
  return primary === undefined ? '' : (languages[language].of(primary) ?? primary)
}

/** `Iraq` for `IQ`; codes that Unicode does not name stay as they are. */
export function countryName(language: EditionLanguage, code: string): string {
  return /^[a-z]{2}$/i.test(code) ? (regions[language].of(code.toUpperCase()) ?? code) : code
}

function namesOf(type: 'language' | 'region'): Names {
  const names = (language: EditionLanguage) => new Intl.DisplayNames(language, { type, fallback: 'code' })
  return { en: names('en'), ar: names('ar'), fa: names('fa') }
}
