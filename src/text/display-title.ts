// A title that fits on the page.
import { displayLine } from './display-line.ts'

const LENGTH_MAX = 300
const LOOKED_AT_MAX = 4_000 // characters of the raw title: some feeds put an article into it

/** The title as one safe line, cut at a blank and closed with an ellipsis when it is longer than 300 characters, or than it may be. */
export function displayTitle(title: string, lengthMax = LENGTH_MAX): string {
  const line = displayLine(title.slice(0, LOOKED_AT_MAX))
  if (line.length <= lengthMax) return line
  const blank = line.lastIndexOf(' ', lengthMax)
  const cut = line.slice(0, blank > lengthMax / 2 ? blank : lengthMax)
  return `${displayLine(cut)}…`
}
