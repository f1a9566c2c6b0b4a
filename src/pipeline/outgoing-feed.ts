// Our own feeds for other programs: the stories of a topic, or the editions of a digest. Written as Atom or as JSON Feed.
import type { Edition, EditionLanguage, StoryLine } from '../model/digest.ts'
import type { Instant } from '../model/time.ts'
import { stringsOf } from '../text/strings-of.ts'
import { dateWords } from '../text/written-date.ts'
import { editionSubject } from './edition-subject.ts'
import { outline } from './outline.ts'
import type { Block, EditionWords, Inline } from './outline-block.ts'
import { fullStory } from './outline-story.ts'
import { blockHtml } from './render-html-block.ts'
import { styleOf } from './render-html-style.ts'

const style = styleOf()

/** A feed as its readers see it. Ids never change; texts are plain, `html` is ours and safe. */
export type OutgoingFeed = {
  readonly id: string
  readonly title: string
  readonly language: EditionLanguage
  readonly updated: Instant
  readonly entries: readonly OutgoingEntry[] // newest first
}
export type OutgoingEntry = {
  readonly id: string
  readonly title: string
  readonly url?: string // http, https or mailto
  readonly language?: string
  readonly published: Instant
  readonly updated: Instant
  readonly author: string
  readonly html: string
}

/** The stories of a topic, of which `edition` holds one section; `topicId` names the feed for good. */
export function topicFeed(topicId: string, edition: Edition): OutgoingFeed {
  const { language, timeZone, window } = edition
  const words = { language, strings: stringsOf(language), dates: dateWords(language, timeZone, window.until) }
  const entries = edition.sections
    .flatMap(({ stories }) => stories)
    .map((story) => storyEntry(story, topicId, words))
    .toSorted((a, b) => b.updated - a.updated)
  const updated = entries[0]?.updated ?? 0
  return { id: `urn:presslark:topic:${topicId}`, title: edition.name, language, updated, entries }
}

function storyEntry(story: StoryLine, topicId: string, words: EditionWords): OutgoingEntry {
  const { storyId, lead, alsoIn, firstSeen } = story
  return {
    // Numbers of stories begin anew in every archive; the time tells two archives apart.
    id: `urn:presslark:story:${topicId}:${storyId}:${firstSeen.at}`,
    title: lead.title,
    ...(lead.url !== undefined && { url: lead.url }),
    ...(lead.language !== undefined && { language: lead.language }),
    published: firstSeen.at,
    updated: Math.max(lead.firstSeenAt, firstSeen.at, ...alsoIn.map(({ at }) => at)),
    author: lead.outlet.name,
    html: storyHtml(story, words),
  }
}

/** What stands under the headline of an edition, as paragraphs. */
function storyHtml(story: StoryLine, words: EditionWords): string {
  const { byline, hit = [], tally = [], also = [] } = fullStory(story, words)
  const blocks = [byline, hit, tally, also].filter((content) => content.length > 0).map(paragraph)
  return blocks.map((block) => blockHtml(block, style).html).join('')
}

function paragraph(content: readonly Inline[]): Block {
  return { kind: 'paragraph', muted: false, content }
}

/** The editions of a digest, each whole. */
export function digestFeed(digestId: string, name: string, editions: readonly Edition[]): OutgoingFeed {
  const entries = editions.map((edition) => editionEntry(digestId, edition))
  const [newest] = editions
  return {
    id: `urn:presslark:digest:${digestId}`,
    title: name,
    language: newest?.language ?? 'en',
    updated: newest?.window.until ?? 0,
    entries,
  }
}

function editionEntry(digestId: string, edition: Edition): OutgoingEntry {
  const { window, language, name } = edition
  return {
    id: `urn:presslark:edition:${digestId}:${window.until}`,
    title: editionSubject(edition),
    language,
    published: window.until,
    updated: window.until,
    author: name,
    html: outline(edition)
      .blocks.map((block) => blockHtml(block, style).html)
      .join(''),
  }
}
