// The short form as one chat message: the title, whom we heard, the stories, and how many more there are.
import type { Brief, BriefItem } from '../model/brief.ts'
import { type Direction, isolate } from '../text/bidi.ts'
import { displayTitle } from '../text/display-title.ts'
import { counted } from '../text/number-words.ts'
import { stringsOf } from '../text/strings-of.ts'

/** How a service writes, and how much it shows. The functions get text as it is and return it escaped. */
export type ChatMarkup = {
  readonly plain: (text: string) => string
  readonly strong: (text: string) => string
  readonly link: (text: string, url: string) => string
  readonly lineBreak?: string // one line feed when absent
  readonly lengthMax: number
  readonly lengthOf: (message: string) => number
}

const RIGHT_TO_LEFT_MARK = '\u200f'

/** Whole lines, as many stories as fit; the others are counted. Foreign text stands in bidi isolates. */
export function chatMessage(brief: Brief, markup: ChatMarkup): string {
  const { title, language, lines, items, more } = brief
  const strings = stringsOf(language)
  const { direction } = strings
  const head = [
    ...(title === '' ? [] : [markup.strong(isolate(title, direction))]),
    ...lines.map((line) => markup.plain(line)),
  ]
  const rows = items.map((item) => row(item, direction, markup))
  const messageOf = (shown: number): string => {
    const left = more + items.length - shown
    const tail = left > 0 ? [markup.plain(counted(language, strings.moreStories, left))] : []
    return written([...head, ...rows.slice(0, shown), ...tail], direction, markup)
  }
  const counts = [...rows.map((_, index) => rows.length - index), 0]
  const fitting = counts.find((shown) => markup.lengthOf(messageOf(shown)) <= markup.lengthMax)
  if (fitting !== undefined || head.length === 0) return messageOf(fitting ?? 0)
  // Not even the head fits: a service refuses what is too long, and then nobody hears anything.
  return lines.length > 0
    ? chatMessage({ ...brief, lines: lines.slice(0, -1) }, markup)
    : chatMessage({ ...brief, title: displayTitle(title, Math.floor(title.length / 2)) }, markup)
}

/** A line that holds nothing but isolates has no direction of its own; the mark gives it the edition's (UAX 9, P2). */
function written(rows: readonly string[], direction: Direction, { lineBreak = '\n' }: ChatMarkup): string {
  return rows.map((line) => (direction === 'rtl' ? `${RIGHT_TO_LEFT_MARK}${line}` : line)).join(lineBreak)
}

function row({ text, url, note }: BriefItem, direction: Direction, markup: ChatMarkup): string {
  const title = isolate(text, direction)
  const headline = url === undefined ? markup.plain(title) : markup.link(title, url)
  return `• ${headline}${note === undefined ? '' : ` – ${markup.plain(isolate(note, direction))}`}`
}
