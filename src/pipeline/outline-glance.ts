// The table of topics: how much today, against how much usually.
import type { Edition, GlanceLine } from '../model/digest.ts'
import { numberWord } from '../text/number-words.ts'
import { phrase } from '../text/phrase.ts'
import { sparkline } from '../text/sparkline.ts'
import type { Block, EditionWords, GlanceRow } from './outline-block.ts'
import { foreign, languageNames, own } from './outline-inline.ts'

export function glanceBlock({ atAGlance }: Edition, words: EditionWords): readonly Block[] {
  if (atAGlance.length === 0) return []
  const { strings } = words
  const columns = {
    topic: strings.glanceTopic,
    count: strings.glanceCount,
    change: strings.glanceChange,
    days: strings.glanceDays,
    languages: strings.glanceLanguages,
  }
  return [
    { kind: 'heading', level: 2, content: [own(strings.atAGlance)] },
    {
      kind: 'glance',
      columns,
      rows: atAGlance.map((line) => glanceRow(line, words)),
      unknown: strings.usualUnknown,
    },
  ]
}

function glanceRow(line: GlanceLine, words: EditionWords): GlanceRow {
  const { language } = words
  return {
    topic: foreign(line.topic.name),
    count: numberWord(language, line.articles),
    change: change(line, words),
    days: sparkline(line.lastDays),
    languages: languageNames(line.languages, words),
  }
}

/** +8 (usually 6), counted on the sources that were heard all the while. */
function change(
  { articles, compared = articles, usual }: GlanceLine,
  { language, strings }: EditionWords,
): string {
  if (usual === undefined) return strings.usualUnknown
  const difference = compared - usual
  const sign = difference > 0 ? '+' : difference < 0 ? '−' : '±'
  const amount = `${strings.signMark}${sign}${numberWord(language, Math.abs(difference))}`
  return `${amount} (${phrase(strings.usual, { usual: numberWord(language, usual) })})`
}
