// The words of an edition's language. The three tables hold the same keys, so none can be forgotten.
import type { EditionLanguage } from '../model/digest.ts'
import type { Strings } from './strings.ts'
import { ar } from './strings-ar.ts'
import { en } from './strings-en.ts'
import { fa } from './strings-fa.ts'

const tables = { en, ar, fa } satisfies Record<EditionLanguage, Strings>

export function stringsOf(language: EditionLanguage): Strings {
  return tables[language]
}
