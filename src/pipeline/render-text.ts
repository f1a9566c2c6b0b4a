// An edition as plain text that stands on its own: the same stories in the same order with the same links.
import type { Edition } from '../model/digest.ts'
import { type Direction, isolate } from '../text/bidi.ts'
import { columnsOf } from '../text/columns.ts'
import { type Indent, wrap } from '../text/wrap.ts'
import { outline } from './outline.ts'
import type { Block, GlanceRow, Inline, Outline, StoryBlock } from './outline-block.ts'

const COLUMNS = 78
const UNDER: Indent = { first: '  ', rest: '  ' }
const BULLET: Indent = { first: '- ', rest: '  ' }

/** At most 78 columns, except that links are never broken. Texts that run against the edition stand in bidi isolates. `shown` is its outline, when it is known. */
export function renderText(edition: Edition, shown: Outline = outline(edition)): string {
  const { blocks, direction } = shown
  return `${blocks.map((block) => blockText(block, direction)).join('\n\n')}\n`
}

function blockText(block: Block, around: Direction): string {
  switch (block.kind) {
    case 'heading':
      return heading(line(block.content, around), block.level)
    case 'paragraph':
      return wrap(line(block.content, around), COLUMNS)
    case 'list':
      return block.items.map((item) => wrap(line(item, around), COLUMNS, BULLET)).join('\n')
    case 'glance':
      return block.rows.map((row) => wrap(glanceLine(row, around), COLUMNS, BULLET)).join('\n')
    case 'stories':
      return block.stories.map((story) => storyText(story, around)).join('\n\n')
  }
}

function heading(text: string, level: 1 | 2 | 3): string {
  const lines = wrap(text, COLUMNS)
  if (level === 3) return lines
  const width = Math.max(...lines.split('\n').map((one) => columnsOf(one)))
  return `${lines}\n${(level === 1 ? '=' : '-').repeat(width)}`
}

function glanceLine({ topic, count, change, days, languages }: GlanceRow, around: Direction): string {
  return [inline(topic, around), count, change, days, languages].filter((fact) => fact !== '').join(' · ')
}

/** The link stands on a line of its own, where mail programs find all of it. */
function storyText(
  { headline, byline, hit, tally, also, linked = [] }: StoryBlock,
  around: Direction,
): string {
  const title = isolate(headline.text, around)
  const url = headline.kind === 'foreign' ? headline.url : undefined
  const under = [byline, hit, tally, also, ...linked].filter((content) => content !== undefined)
  return [
    wrap(title, COLUMNS, BULLET),
    ...(url === undefined ? [] : [`  ${url}`]),
    ...under.map((content) => wrap(line(content, around), COLUMNS, UNDER)),
  ].join('\n')
}

function line(content: readonly Inline[], around: Direction): string {
  return content.map((one) => inline(one, around)).join('')
}

function inline(one: Inline, around: Direction): string {
  if (one.kind === 'own') return one.text
  const text = isolate(one.text, around)
  return one.url === undefined ? text : `${text} <${one.url}>`
}
