// The subject line of an edition: what it is, of which day, and the top headline as far as there is room. An alert needs no day.
import type { Edition } from '../model/digest.ts'
import { isolate } from '../text/bidi.ts'
import { displayLine } from '../text/display-line.ts'
import { stringsOf } from '../text/strings-of.ts'
import { dateWords } from '../text/written-date.ts'
import { alertStories } from './alert-stories.ts'
import { quietSentence } from './quiet.ts'

const LENGTH_MAX = 78 // characters that mail programs show; RFC 5322 recommends no more a line

/** One line without control characters; parts that run against the language of the edition stand in bidi isolates. */
export function editionSubject(edition: Edition): string {
  const { name, language, timeZone, window, topStories } = edition
  const strings = stringsOf(language)
  const { shortDay } = dateWords(language, timeZone, window.until)
  const title = isolate(cut(displayLine(name), 40), strings.direction)
  const head = edition.alert === undefined ? `${title} – ${shortDay(window.until)}` : title
  const [top] = edition.alert === undefined ? topStories : alertStories(edition)
  const headline = displayLine(top?.lead.title ?? quietSentence(edition, strings))
  const room = LENGTH_MAX - [...head].length - 4 // a colon, a blank, and the two isolates
  return room < 16 ? head : `${head}: ${isolate(cut(headline, room), strings.direction)}`
}

/** At a blank where one is near, never inside a character. */
function cut(text: string, length: number): string {
  const characters = [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)].map(
    ({ segment }) => segment,
  )
  if ([...text].length <= length) return text
  let shown = ''
  for (const character of characters) {
    if ([...shown, ...character].length > length - 1) break
    shown += character
  }
  const blank = shown.lastIndexOf(' ')
  return `${blank > shown.length / 2 ? shown.slice(0, blank) : shown}…`
}
