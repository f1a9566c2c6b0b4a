// A title that fits on the page.
import { displayLine } from './display-line.ts'

const LENGTH_MAX = 300
const LOOKED_AT_MAX = 4_000 // characters of the raw title: some feeds put an article into it

/** The title as one safe line, cut at a blank and closed with an ellipsis when it is longer than 300 characters. */
export function displayTitle(title: string): string {
  const line = displayLine(title.slice(0, LOOKED_AT_MAX))
  if (line.length <= LENGTH_MAX) return line
  const blank = line.lastIndexOf(' ', LENGTH_MAX)
  const cut = line.slice(0, blank > LENGTH_MAX / 2 ? blank : LENGTH_MAX)
  return `${displayLine(cut)}…`
}
