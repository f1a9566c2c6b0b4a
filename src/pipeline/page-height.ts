// How much of a sheet of paper an edition takes, told before it is rendered. The numbers are those of `render-html-style.ts`.
import { columnsOf } from '../text/columns.ts'
import type { Block, GlanceRow, Inline, Outline, StoryBlock } from './outline-block.ts'

/** CSS pixels that US Letter, the shorter of the two usual sheets, has within the margins browsers print with. */
export const PAGE_HEIGHT = 979
const LINE_WIDTH = 632
// A column in em: that of bold Arial and of DejaVu Sans, which stands in for Arabic; and half a word lost at the end of each line.
const COLUMN_EM = 0.53
const LOST_COLUMNS = 3
const [TOPIC_WIDTH, WORDS_WIDTH] = [190, 130] // of the columns of a topic's table, without their padding

/** CSS pixels, rather too many than too few. `hasLogo`: a picture stands above. */
export function pageHeight({ blocks }: Outline, hasLogo = false): number {
  const frame = 40 + (hasLogo ? 92 : 0)
  return blocks.reduce((sum, block) => sum + blockHeight(block), frame)
}

function blockHeight(block: Block): number {
  switch (block.kind) {
    case 'heading':
      return headingHeight(block.level, textOf(block.content))
    case 'paragraph':
      return paragraphHeight(block)
    case 'list':
      return 6 + sum(block.items, (item) => 22.5 * lines(textOf(item), 15, LINE_WIDTH - 36))
    case 'glance':
      return 48 + sum(block.rows, (row) => glanceRowHeight(row, block.unknown))
    case 'stories':
      return sum(block.stories, storyHeight)
  }
}

function headingHeight(level: 1 | 2 | 3, text: string): number {
  if (level === 1) return 6 + 30 * lines(text, 24)
  return level === 2 ? 48 + 23.4 * lines(text, 18) : 20 + 22.5 * lines(text, 15)
}

function paragraphHeight({ muted, isNote, content }: Extract<Block, { kind: 'paragraph' }>): number {
  const text = textOf(content)
  if (muted) return 8 + 19.5 * lines(text, 13)
  return (isNote ? 12 : 2) + 22.5 * lines(text, 15)
}

function glanceRowHeight({ topic, change, languages }: GlanceRow, unknown: string): number {
  const cells = [
    lines(topic.text, 14, TOPIC_WIDTH),
    change === unknown ? 1 : lines(change, 14, WORDS_WIDTH),
    lines(languages, 14, WORDS_WIDTH),
  ]
  return 9 + 21 * Math.max(...cells)
}

function storyHeight({ headline, byline, hit, tally = [], also = [] }: StoryBlock): number {
  const facts = [tally, also].filter((content) => content.length > 0)
  return (
    14 +
    21.6 * lines(headline.text, 16) +
    2 +
    19.5 * lines(textOf(byline), 13) +
    (hit === undefined ? 0 : 2 + 22.5 * lines(textOf(hit), 15)) +
    (facts.length > 0 ? 2 + sum(facts, (content) => 19.5 * lines(textOf(content), 13)) : 0)
  )
}

function lines(text: string, fontSize: number, width = LINE_WIDTH): number {
  const columns = width / (fontSize * COLUMN_EM)
  return Math.max(1, Math.ceil(columnsOf(text) / Math.max(1, columns - LOST_COLUMNS)))
}

function textOf(content: readonly Inline[]): string {
  return content.map(({ text }) => text).join('')
}

function sum<One>(list: readonly One[], heightOf: (one: One) => number): number {
  return list.reduce((total, one) => total + heightOf(one), 0)
}
