// What an edition says when no story is at its top. Silence is not mistaken for peace: who heard nobody can say nothing.
import type { Edition } from '../model/digest.ts'
import type { Strings } from '../text/strings.ts'

/** One sentence: nobody was heard, or nothing significant was. */
export function quietSentence({ coverage }: Edition, strings: Strings): string {
  const isDeaf = coverage.of > 0 && coverage.heard === 0
  return isDeaf ? strings.nothingHeard : strings.nothingSignificant
}

/** May the edition compare with a baseline at all? Not while no topic has one, nor when nobody was heard. */
export function mayCompare({ coverage, atAGlance }: Edition): boolean {
  return coverage.heard > 0 && atAGlance.some(({ usual }) => usual !== undefined)
}
