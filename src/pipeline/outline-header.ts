// The head of an edition: its name, its window, and whom we heard.
import type { Edition, FeedCoverage } from '../model/digest.ts'
import { counted, numberWord } from '../text/number-words.ts'
import { phrase } from '../text/phrase.ts'
import { alertStories } from './alert-stories.ts'
import type { Block, EditionWords, Inline } from './outline-block.ts'
import { foreign, joined, own, sentence } from './outline-inline.ts'
import { quietSentence } from './quiet.ts'

const SHOWN_STATES = ['failing', 'gone', 'never-fetched', 'silent', 'lossy'] as const

export function headerBlocks(edition: Edition, words: EditionWords): readonly Block[] {
  return [
    { kind: 'heading', level: 1, content: [foreign(edition.name)] },
    { kind: 'paragraph', muted: true, content: issueLine(edition, words) },
    { kind: 'paragraph', muted: true, content: coverageLine(edition, words) },
  ]
}

/** The top headlines, or the sentence that says there are none; those of an alert are all of its own. */
export function preheader(edition: Edition, { strings }: EditionWords): string {
  const headlines = edition.alert === undefined ? edition.topStories : alertStories(edition)
  if (headlines.length === 0) return quietSentence(edition, strings)
  return headlines.map(({ lead }) => lead.title).join(' · ')
}

function issueLine(
  { number, window, timeZone }: Edition,
  { language, strings, dates }: EditionWords,
): readonly Inline[] {
  const issue = phrase(strings.edition, { number: numberWord(language, number) })
  const span = sentence(strings.window, {
    from: dates.moment(window.from),
    until: dates.moment(window.until),
    zone: foreign(timeZone),
  })
  return joined([[own(issue)], span], ' · ')
}

/** 42 of 45 sources heard; 2 feeds failing since ...; 1 feed silent: 0 items against 14 usual; 1 feed lossy. */
function coverageLine({ coverage, belowMinimumGrade = 0 }: Edition, words: EditionWords): readonly Inline[] {
  const { language, strings } = words
  const heard = phrase(strings.heard, {
    heard: numberWord(language, coverage.heard),
    of: numberWord(language, coverage.of),
  })
  const volume = phrase(strings.volume, {
    articles: counted(language, strings.newArticles, coverage.articles),
    duplicates: counted(language, strings.duplicates, coverage.duplicates),
  })
  const troubles = SHOWN_STATES.flatMap((state) => trouble(state, coverage.troubled, words) ?? [])
  const below = belowMinimumGrade > 0 ? [counted(language, strings.belowGrade, belowMinimumGrade)] : []
  return [own([heard, ...troubles, volume, ...below].join(strings.semicolon))]
}

function trouble(
  state: FeedCoverage['state'],
  troubled: readonly FeedCoverage[],
  { language, strings, dates }: EditionWords,
): string | undefined {
  const feeds = troubled.filter((feed) => feed.state === state)
  if (feeds.length === 0) return undefined
  const count = counted(language, strings.feeds[state], feeds.length)
  if (state === 'silent') return `${count}: ${counted(language, strings.againstUsual, usualItems(feeds))}`
  const since = feeds.flatMap((feed) => feed.since ?? [])
  if (since.length === 0) return count
  return `${count} ${phrase(strings.since, { when: dates.time(Math.min(...since)) })}`
}

function usualItems(feeds: readonly FeedCoverage[]): number {
  return feeds.reduce((sum, { usual = 0 }) => sum + usual, 0)
}
