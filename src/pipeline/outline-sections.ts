// The body of an edition: top stories, one section a topic, developing stories.
import type { Edition, Section, StoryLine, StoryReference } from '../model/digest.ts'
import { counted } from '../text/number-words.ts'
import { phrase } from '../text/phrase.ts'
import type { Block, EditionWords, Inline, StoryBlock } from './outline-block.ts'
import { foreign, joined, languageNames, own, sentence } from './outline-inline.ts'
import { listBlocks } from './outline-list.ts'
import { briefStory, fullStory, oneLine } from './outline-story.ts'
import { mayCompare, quietSentence } from './quiet.ts'

export function topBlocks(edition: Edition, words: EditionWords): readonly Block[] {
  const { topStories } = edition
  const { strings } = words
  const heading: Block = { kind: 'heading', level: 2, content: [own(strings.topStories)] }
  if (topStories.length === 0) return [heading, plain(quietLine(edition, words))]
  return [heading, { kind: 'stories', stories: topStories.map((story) => briefStory(story, words)) }]
}

/** No significant coverage, and what the counts say beside it: quiet is not claimed while a topic stands out. */
function quietLine(edition: Edition, { strings }: EditionWords): readonly Inline[] {
  const quiet = quietSentence(edition, strings)
  if (!mayCompare(edition)) return [own(quiet)]
  const above = edition.atAGlance
    .filter(({ aboveBaseline }) => aboveBaseline)
    .map(({ topic }) => [foreign(topic.name)])
  const topics = joined(above, strings.comma)
  const verdict =
    above.length > 0 ? sentence(strings.aboveBaseline, { topics }) : [own(strings.allWithinBaseline)]
  return [own(`${quiet} `), ...verdict]
}

export function sectionBlocks(edition: Edition, words: EditionWords): readonly Block[] {
  const { sections } = edition
  const names = new Map(sections.map(({ topic }) => [topic.topicId, topic.name]))
  return sections.flatMap((section) => sectionBlock(section, names, edition, words))
}

function sectionBlock(
  section: Section,
  names: ReadonlyMap<string, string>,
  edition: Edition,
  words: EditionWords,
): readonly Block[] {
  const { topic, stories, elsewhere = [], more } = section
  if (stories.length + elsewhere.length + more === 0) return []
  if (edition.detail === 'executive') return onOneLineEach(section, edition, words)
  const items = elsewhere.map((one) => referenceLine(one, names, words))
  return [
    { kind: 'heading', level: 2, content: [foreign(topic.name)] },
    ...storiesOf(stories, (story) => fullStory(story, words)),
    ...listBlocks(items, edition, words),
    ...moreOf(more, edition, words),
  ]
}

function referenceLine(
  { title, url, language, toldIn }: StoryReference,
  names: ReadonlyMap<string, string>,
  { strings }: EditionWords,
): readonly Inline[] {
  return sentence(strings.toldIn, {
    headline: foreign(title, { url, ...(language !== undefined && { language }) }),
    topic: foreign(names.get(toldIn) ?? toldIn),
  })
}

export function developingBlocks(edition: Edition, words: EditionWords): readonly Block[] {
  const { developing, developingMore = 0, repeatsSuppressed } = edition
  if (developing.length + repeatsSuppressed === 0) return []
  const { language, strings } = words
  const repeats = counted(language, strings.repeats, repeatsSuppressed)
  return [
    { kind: 'heading', level: 2, content: [own(strings.developing)] },
    ...storiesOf(developing, (story) => developingStory(story, words)),
    ...moreOf(developingMore, edition, words),
    ...(repeatsSuppressed > 0 ? [muted([own(repeats)])] : []),
  ]
}

/** What is new stands where other stories have their tally. */
function developingStory(story: StoryLine, words: EditionWords): StoryBlock {
  const { language, strings } = words
  const full = fullStory(story, words)
  const { outlets = 0, languages = [], headline = false } = story.added ?? {}
  const names = languageNames(languages, words)
  const news = [
    outlets > 0 ? [own(counted(language, strings.newOutlets, outlets))] : [],
    names !== '' ? [own(phrase(strings.newLanguages, { languages: names }))] : [],
    headline ? [own(strings.headlineChanged)] : [],
    full.tally ?? [],
  ]
  return { ...full, tally: joined(news, strings.comma) }
}

/** On one page a story is one line, under a smaller heading; topics without a line are counted by `closingBlocks`. */
function onOneLineEach(
  { topic, stories, more }: Section,
  edition: Edition,
  words: EditionWords,
): readonly Block[] {
  if (stories.length === 0) return []
  const { language, strings } = words
  const rest = more > 0 ? [[own(counted(language, strings.moreStories, more))]] : []
  const lines = [...stories.map((story) => oneLine(story, words)), ...rest]
  return [{ kind: 'heading', level: 3, content: [foreign(topic.name)] }, ...listBlocks(lines, edition, words)]
}

/** "and 12 more": every one of them stands in the links of the appendix, where the edition has them. */
function moreOf(
  count: number,
  { shortened, appendix }: Edition,
  { language, strings }: EditionWords,
): readonly Block[] {
  if (count === 0) return []
  const hasLinks = !shortened && appendix.links.length > 0
  const text = counted(language, strings.moreStories, count)
  return [muted([hasLinks ? { kind: 'own', text, anchor: 'links' } : own(text)])]
}

function storiesOf(stories: readonly StoryLine[], tell: (story: StoryLine) => StoryBlock): readonly Block[] {
  return stories.length > 0 ? [{ kind: 'stories', stories: stories.map(tell) }] : []
}

function plain(content: readonly Inline[]): Block {
  return { kind: 'paragraph', muted: false, content }
}

function muted(content: readonly Inline[]): Block {
  return { kind: 'paragraph', muted: true, content }
}
