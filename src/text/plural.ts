// Counting words: which form of a phrase a number asks for.
import type { EditionLanguage } from '../model/digest.ts'

/** The forms of one phrase; `{n}` stands for the number. A language names the forms it has, `other` is always there. */
export type Plural = { readonly other: string } & Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>

const rules = {
  en: new Intl.PluralRules('en'),
  ar: new Intl.PluralRules('ar'),
  fa: new Intl.PluralRules('fa'),
} satisfies Record<EditionLanguage, Intl.PluralRules>

/** The form for `count` by the plural rules of Unicode CLDR. */
export function pluralForm(language: EditionLanguage, forms: Plural, count: number): string {
  return forms[rules[language].select(count)] ?? forms.other
}
