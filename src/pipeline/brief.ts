// The short form of an edition: what a chat message has room for.
import type { Brief, BriefItem } from '../model/brief.ts'
import type { Edition, StoryLine } from '../model/digest.ts'
import { displayLine } from '../text/display-line.ts'
import { counted, numberWord } from '../text/number-words.ts'
import { phrase } from '../text/phrase.ts'
import type { Strings } from '../text/strings.ts'
import { stringsOf } from '../text/strings-of.ts'
import { dateWords } from '../text/written-date.ts'
import { spikeWords } from './outline-alert.ts'
import { mayCompare, quietSentence } from './quiet.ts'

const ITEMS_MAX = 10
const TOPICS_MAX = 5
const SPIKES_MAX = 10

/** Whom we heard, what stands out, and the weightiest stories: the top ones first, then each section's in turn. */
export function briefOf(edition: Edition): Brief {
  const { name, language, timeZone, window } = edition
  const strings = stringsOf(language)
  const { shortDay } = dateWords(language, timeZone, window.until)
  const stories = storiesByWeight(edition)
  const isAlert = edition.alert !== undefined
  const lines = isAlert
    ? spikeLines(edition, strings)
    : [heardLine(edition, strings), verdict(edition, strings)]
  return {
    title: isAlert ? displayLine(name) : `${displayLine(name)} – ${shortDay(window.until)}`,
    language,
    lines: lines.filter((line) => line !== ''),
    items: stories.slice(0, ITEMS_MAX).map((story) => itemOf(story, edition, strings)),
    more: Math.max(0, stories.length - ITEMS_MAX) + uncounted(edition),
  }
}

/** Each story once. */
function storiesByWeight({ topStories, sections, developing }: Edition): readonly StoryLine[] {
  const longest = Math.max(0, ...sections.map(({ stories }) => stories.length))
  const inTurn = Array.from({ length: longest }, (_, place) =>
    sections.flatMap(({ stories }) => stories[place] ?? []),
  ).flat()
  const seen = new Set<number>()
  return [...topStories, ...inTurn, ...developing].filter(
    ({ storyId }) => !seen.has(storyId) && seen.add(storyId),
  )
}

function uncounted({ sections, developingMore = 0 }: Edition): number {
  return sections.reduce((sum, { more }) => sum + more, developingMore)
}

/** One line a topic; the topics beyond the cap are counted, since a service refuses a message that is too long. */
function spikeLines({ alert, language }: Edition, strings: Strings): readonly string[] {
  if (alert?.kind !== 'spike') return []
  const { topics, hours } = alert
  const shown = topics.slice(0, SPIKES_MAX).map((one) => spikeWords(one, hours, { language, strings }))
  const rest = topics.length - shown.length
  return rest > 0 ? [...shown, counted(language, strings.andMore, rest)] : shown
}

function heardLine({ coverage, language }: Edition, strings: Strings): string {
  const heard = numberWord(language, coverage.heard)
  return phrase(strings.heard, { heard, of: numberWord(language, coverage.of) })
}

/** Topics far above their usual are named; with no top story the edition says that nothing significant was found. */
function verdict(edition: Edition, strings: Strings): string {
  const above = edition.atAGlance.filter(({ aboveBaseline }) => aboveBaseline)
  const names = above.slice(0, TOPICS_MAX).map(({ topic }) => displayLine(topic.name))
  const rest = above.length - names.length
  const topics = [...names, ...(rest > 0 ? [counted(edition.language, strings.andMore, rest)] : [])].join(
    strings.comma,
  )
  const standsOut = above.length > 0 && mayCompare(edition) ? phrase(strings.aboveBaseline, { topics }) : ''
  const quiet = edition.topStories.length === 0 ? quietSentence(edition, strings) : ''
  return [quiet, standsOut].filter((part) => part !== '').join(' ')
}

function itemOf({ lead, independent }: StoryLine, { language }: Edition, strings: Strings): BriefItem {
  const kind = strings.kinds[lead.outlet.kind]
  const voices = independent > 1 ? counted(language, strings.independent, independent) : undefined
  const note = [displayLine(lead.outlet.name), kind, voices].filter((part) => part !== undefined).join(' · ')
  return { text: lead.title, note, ...(lead.url !== undefined && { url: lead.url }) }
}
