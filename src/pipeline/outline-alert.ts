// An alert on the page: why it was sent, and the stories. Nothing else: whoever is disturbed reads it on a telephone.
import type { AlertNotice, Edition, SpikingTopic } from '../model/digest.ts'
import { counted, numberWord } from '../text/number-words.ts'
import { phrase } from '../text/phrase.ts'
import type { Block, EditionWords, Inline } from './outline-block.ts'
import { foreign, joined, own, sentence } from './outline-inline.ts'
import { sectionBlocks } from './outline-sections.ts'

export function alertBlocks(edition: Edition, words: EditionWords): readonly Block[] {
  return [
    { kind: 'heading', level: 1, content: [foreign(edition.name)] },
    { kind: 'paragraph', muted: true, content: issueLine(edition, words) },
    ...reasonBlocks(edition.alert, words),
    ...sectionBlocks(edition, words),
  ]
}

function issueLine(
  { number, window, timeZone }: Edition,
  { language, strings, dates }: EditionWords,
): readonly Inline[] {
  const issue = phrase(strings.alertIssue, { number: numberWord(language, number) })
  return joined([[own(issue)], [own(dates.moment(window.until))], [foreign(timeZone)]], ' · ')
}

/** Stories speak for themselves; a spike says how much more than usual. */
function reasonBlocks(notice: AlertNotice | undefined, words: EditionWords): readonly Block[] {
  if (notice?.kind !== 'spike') return []
  return notice.topics.map((one) => ({
    kind: 'paragraph',
    muted: false,
    content: spikeSentence(one, notice.hours, words),
  }))
}

/** The same as plain words, for a chat. */
export function spikeWords(
  one: SpikingTopic,
  hours: number,
  words: Pick<EditionWords, 'language' | 'strings'>,
): string {
  return spikeSentence(one, hours, words)
    .map(({ text }) => text)
    .join('')
}

function spikeSentence(
  { topic, count, usual }: SpikingTopic,
  hours: number,
  { language, strings }: Pick<EditionWords, 'language' | 'strings'>,
): readonly Inline[] {
  return sentence(strings.spike, {
    topic: foreign(topic.name),
    count: counted(language, strings.articles, count),
    span: counted(language, strings.hours, hours),
    usual: numberWord(language, usual),
  })
}
