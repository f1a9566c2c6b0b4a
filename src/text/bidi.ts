// Which way a text runs, and how to set it into a text that runs the other way.

const FIRST_STRONG =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]|\p{L}/u
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

export type Direction = 'ltr' | 'rtl'

/** The direction of the first letter, as `dir=auto` finds it; undefined when there is none. Source: Unicode UAX 9, P2. */
export function baseDirection(text: string): Direction | undefined {
  const letter = FIRST_STRONG.exec(text)?.[0]
  if (letter === undefined) return undefined
  return RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr'
}

/** Puts `text` between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE when it runs against `around`, or holds both directions. */
export function isolate(text: string, around: Direction): string {
  return runsOnlyAlong(text, around) ? text : `\u2068${text}\u2069`
}

function runsOnlyAlong(text: string, around: Direction): boolean {
  if (around === 'ltr') return !RIGHT_TO_LEFT.test(text)
  return (
    baseDirection(text) === 'rtl' &&
    !/[^\P{L}\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text.normalize('NFC'))
  )
}
