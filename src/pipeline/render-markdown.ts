// An edition as CommonMark, built as a tree: no string is ever glued to another.
import type { BlockContent, List, ListItem, Paragraph, PhrasingContent, RootContent, Text } from 'mdast'
import type { Edition } from '../model/digest.ts'
import { type Direction, isolate } from '../text/bidi.ts'
import { markdownOf, markdownUrl } from '../text/markdown.ts'
import { markedPieces } from '../text/marked-pieces.ts'
import { outline } from './outline.ts'
import type { Block, GlanceRow, Inline, Outline, StoryBlock } from './outline-block.ts'

/** Inert in note-taking programs and site generators: titles are text there too. Ends with a line feed. `shown` is its outline, when it is known. */
export function renderMarkdown(edition: Edition, shown: Outline = outline(edition)): string {
  const { blocks, direction } = shown
  return markdownOf({ type: 'root', children: blocks.map((block) => node(block, direction)) })
}

function node(block: Block, around: Direction): RootContent {
  switch (block.kind) {
    case 'heading':
      return { type: 'heading', depth: block.level, children: line(block.content, around) }
    case 'paragraph':
      return paragraph([block.content], around)
    case 'list':
      return list(block.items.map((item) => listItem(paragraph([item], around))))
    case 'glance':
      return list(block.rows.map((row) => listItem(glanceLine(row, around))))
    case 'stories':
      return list(block.stories.map((story) => listItem(storyLines(story, around))))
  }
}

/** CommonMark has no tables; a line a topic reads as well. */
function glanceLine({ topic, count, change, days, languages }: GlanceRow, around: Direction): Paragraph {
  const facts = [count, change, days, languages].filter((fact) => fact !== '')
  const name: PhrasingContent = { type: 'strong', children: inline(topic, around) }
  return { type: 'paragraph', children: [name, { type: 'text', value: ` · ${facts.join(' · ')}` }] }
}

function storyLines(
  { headline, byline, hit = [], tally = [], also = [], linked = [] }: StoryBlock,
  around: Direction,
): Paragraph {
  return paragraph([[headline], byline, hit, tally, also, ...linked], around)
}

function paragraph(lines: readonly (readonly Inline[])[], around: Direction): Paragraph {
  const filled = lines.filter((content) => content.length > 0).map((content) => line(content, around))
  const children = filled.flatMap((content, index) =>
    index === 0 ? content : [{ type: 'break' } as const, ...content],
  )
  return { type: 'paragraph', children }
}

function line(content: readonly Inline[], around: Direction): PhrasingContent[] {
  return content.flatMap((one) => inline(one, around))
}

function inline(one: Inline, around: Direction): PhrasingContent[] {
  if (one.kind === 'own') {
    const text: PhrasingContent = { type: 'text', value: one.text }
    return [one.strong ? { type: 'strong', children: [text] } : text]
  }
  const words = markedPieces(one.text, one.marks ?? []).flatMap(({ text, marked }): PhrasingContent[] =>
    marked ? [{ type: 'strong', children: texts(text) }] : texts(text),
  )
  if (one.url === undefined) return isolated(one.text, words, around)
  // A link may hold no link: the pieces are text and strong only.
  const children = words as Extract<PhrasingContent, { type: 'text' | 'strong' }>[]
  return isolated(one.text, [{ type: 'link', url: markdownUrl(one.url), children }], around)
}

/** Cut where the serialiser would leave a character bare because the one before it is escaped: `](`, `<%`, `{%`. */
function texts(text: string): Text[] {
  return text.split(/(?<=\])(?=\()|(?<=[<{%])(?=%)/).map((value) => ({ type: 'text', value }))
}

/** The isolates stand outside the link, so that its text stays exact. */
function isolated(text: string, content: PhrasingContent[], around: Direction): PhrasingContent[] {
  if (isolate(text, around) === text) return content
  return [{ type: 'text', value: '\u2068' }, ...content, { type: 'text', value: '\u2069' }]
}

function list(children: ListItem[]): List {
  return { type: 'list', ordered: false, spread: false, children }
}

function listItem(content: BlockContent): ListItem {
  return { type: 'listItem', spread: false, children: [content] }
}
