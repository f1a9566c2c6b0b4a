// Numbers as an edition writes them.
import type { EditionLanguage } from '../model/digest.ts'
import { phrase } from './phrase.ts'
import { type Plural, pluralForm } from './plural.ts'
import { stringsOf } from './strings-of.ts'

/** `12,345` or `۱۲٬۳۴۵`, with one decimal where there is one. */
export function numberWord(language: EditionLanguage, number: number): string {
  const { digits, thousands, decimal } = stringsOf(language)
  const [whole = '', part] = String(Math.round(number * 10) / 10).split('.')
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, thousands)
  return localDigits(part === undefined ? grouped : `${grouped}${decimal}${part}`, digits)
}

/** A counted phrase in its plural form: `{n}` becomes the number. */
export function counted(language: EditionLanguage, forms: Plural, count: number): string {
  return phrase(pluralForm(language, forms, count), { n: numberWord(language, count) })
}

export function localDigits(text: string, digits: string): string {
  return text.replace(/\d/g, (digit) => digits[Number(digit)] ?? digit)
}
