// The back of an edition: every link by outlet, the feeds in trouble, and the rules it was made by.
import type { Edition, FeedCoverage } from '../model/digest.ts'
import { counted, numberWord } from '../text/number-words.ts'
import { phrase } from '../text/phrase.ts'
import type { Block, EditionWords, Inline } from './outline-block.ts'
import { foreign, joined, outletName, own, sentence } from './outline-inline.ts'
import { listBlocks } from './outline-list.ts'

export function appendixBlocks(edition: Edition, words: EditionWords): readonly Block[] {
  const { strings } = words
  const { appendix, coverage } = edition
  const list = (items: readonly (readonly Inline[])[]) => listBlocks(items, edition, words)
  const note: Block = { kind: 'paragraph', muted: false, content: [own(strings.fullCopy)] }
  return [
    { kind: 'heading', level: 2, content: [own(strings.appendix)] },
    ...(edition.shortened ? [note] : []),
    ...part(strings.troubled, list(coverage.troubled.map((feed) => troubledLine(feed, words)))),
    ...part(strings.links, list(appendix.links.map((outlet) => linksLine(outlet, words))), 'links'),
    ...part(strings.rules, list(appendix.ruleVersions.length > 0 ? [rulesLine(edition, words)] : [])),
    configurationLine(edition, words),
  ]
}

const UNTOLD_TOPICS_MAX = 8

/** How an edition of one page ends: what was left out, and by which configuration. */
export function closingBlocks(edition: Edition, words: EditionWords): readonly Block[] {
  const { developingMore = 0 } = edition
  const { language, strings } = words
  const developing = joined([[own(strings.developing)], [own(numberWord(language, developingMore))]], ': ')
  const left = [...untoldTopics(edition, words), ...(developingMore > 0 ? [developing] : [])]
  const blocks = left.map((content): Block => ({ kind: 'paragraph', muted: true, content }))
  return [...blocks, configurationLine(edition, words)]
}

/** The topics whose stories the page has no line for: and 9 more stories: Water 6, Trade 3. */
function untoldTopics(
  { sections }: Edition,
  { language, strings }: EditionWords,
): readonly (readonly Inline[])[] {
  const untold = sections.filter(({ stories, more }) => stories.length === 0 && more > 0)
  if (untold.length === 0) return []
  const count = untold.reduce((sum, { more }) => sum + more, 0)
  const named = untold
    .slice(0, UNTOLD_TOPICS_MAX)
    .map(({ topic, more }) => [foreign(topic.name), own(` ${numberWord(language, more)}`)])
  const rest = untold.length - named.length
  const others = rest > 0 ? [[own(counted(language, strings.andMore, rest))]] : []
  const total = own(`${counted(language, strings.moreStories, count)}: `)
  return [[total, ...joined([...named, ...others], strings.comma)]]
}

/** The first digits of the manifest tell one edition from another, as `editions list` shows them; the JSON has them all. */
function configurationLine({ appendix }: Edition, { strings }: EditionWords): Block {
  const { configHash, manifest } = appendix
  const hashed = (pattern: string, hash: string) => sentence(pattern, { hash: foreign(hash) })
  const issued = manifest === undefined ? [] : hashed(strings.manifest, manifest.slice(0, 16))
  return {
    kind: 'paragraph',
    muted: true,
    content: joined([hashed(strings.configuration, configHash), issued], ' · '),
  }
}

function part(title: string, list: readonly Block[], anchor?: string): readonly Block[] {
  if (list.length === 0) return []
  const anchored = anchor === undefined ? {} : { anchor }
  return [{ kind: 'heading', level: 3, content: [own(title)], ...anchored }, ...list]
}

/** Which feed, since when, and why. */
function troubledLine(feed: FeedCoverage, { language, strings, dates }: EditionWords): readonly Inline[] {
  const since = feed.since === undefined ? [] : [own(phrase(strings.since, { when: dates.time(feed.since) }))]
  const usual = feed.usual === undefined ? [] : [own(counted(language, strings.againstUsual, feed.usual))]
  return joined(
    [
      [outletName(feed.outlet, feed.feedUrl)],
      [own(strings.states[feed.state])],
      since,
      feed.state === 'silent' ? usual : [],
      feed.detail === undefined ? [] : [foreign(feed.detail)],
    ],
    ' · ',
  )
}

function linksLine(
  { outlet, links }: Edition['appendix']['links'][number],
  { strings }: EditionWords,
): readonly Inline[] {
  const shown = links.map(({ title, url }) => [foreign(title, { url })])
  return [outletName(outlet), own(': '), ...joined(shown, strings.comma)]
}

function rulesLine({ appendix, sections }: Edition, { language, strings }: EditionWords): readonly Inline[] {
  const names = new Map(sections.map(({ topic }) => [topic.topicId, topic.name]))
  const versions = appendix.ruleVersions.map(({ topicId, version }) =>
    sentence(strings.ruleVersion, {
      topic: foreign(names.get(topicId) ?? topicId),
      version: numberWord(language, version),
    }),
  )
  return joined(versions, strings.comma)
}
