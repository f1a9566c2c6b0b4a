// The numbers of a text, as they are written, in any digits.
import { foldText } from './fold.ts'

const number = /\p{Nd}(?:[\p{Nd}.,٫٬:/٪%-]*[\p{Nd}%٪])?/gu

/** Digits of any script, and the separators of thousands, make no difference. */
function plainFigure(figure: string): string {
  return foldText(figure).replace(/[\s,٬]/g, '')
}

function figuresIn(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(number)].map(([figure]) => [plainFigure(figure), figure]))
}

/** The figures that only the old text has, and those that only the new one has, each in its order. */
export function changedFigures(
  oldText: string,
  newText: string,
): { readonly old: readonly string[]; readonly new: readonly string[] } {
  const [before, after] = [figuresIn(oldText), figuresIn(newText)]
  const only = (some: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>) =>
    [...some].filter(([value]) => !other.has(value)).map(([, figure]) => figure)
  return { old: only(before, after), new: only(after, before) }
}
