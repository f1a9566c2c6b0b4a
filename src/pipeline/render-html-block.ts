// The blocks of an edition in HTML. A foreign text decides its own direction and names its language.
import { type Html, html } from '../text/html-template.ts'
import { markedPieces } from '../text/marked-pieces.ts'
import type { Block, GlanceRow, Inline, StoryBlock } from './outline-block.ts'
import type { Style } from './render-html-style.ts'

type HeadingBlock = Extract<Block, { kind: 'heading' }>
type GlanceBlock = Extract<Block, { kind: 'glance' }>

export function blockHtml(block: Block, style: Style): Html {
  switch (block.kind) {
    case 'heading':
      return heading(block, style)
    case 'paragraph':
      if (block.isNote) return html`<p dir="auto" style="${style.own}">${line(block.content, style)}</p>\n`
      return block.muted
        ? html`<p class="m" style="${style.note}">${line(block.content, style)}</p>\n`
        : html`<p style="${style.line}">${line(block.content, style)}</p>\n`
    case 'list':
      return html`<ul style="${style.list}">\n${block.items.map((item) => html`<li>${line(item, style)}</li>\n`)}</ul>\n`
    case 'glance':
      return glance(block, style)
    case 'stories':
      return html`${block.stories.map((one) => story(one, style))}`
  }
}

function heading({ level, content: inlines, anchor }: HeadingBlock, style: Style): Html {
  const content = line(inlines, style)
  if (level === 1) return html`<h1 style="${style.h1}">${content}</h1>\n`
  if (level === 2) return html`<h2 style="${style.h2}">${content}</h2>\n`
  const id = anchor === undefined ? [] : html` id="${anchor}"`
  return html`<h3${id} style="${style.h3}">${content}</h3>\n`
}

function story(
  { headline, byline, hit, tally = [], also = [], linked = [] }: StoryBlock,
  style: Style,
): Html {
  const facts = [tally, also, ...linked]
    .filter((content) => content.length > 0)
    .map((content) => line(content, style))
  return html`<div><h3 dir="auto" style="${style.headline}">${paragraphOf([headline], style)}</h3>
${muted(line(byline, style), style)}${hit && html`<p dir="auto" style="${style.line}">${paragraphOf(hit, style)}</p>\n`}${facts.length > 0 ? muted(lines(facts), style) : []}</div>\n`
}

function lines(contents: readonly Html[]): Html {
  return html`${contents.map((content, index) => (index === 0 ? content : html`<br>${content}`))}`
}

function muted(content: Html, style: Style): Html {
  return html`<p class="m" style="${style.muted}">${content}</p>\n`
}

/** A narrow column has room for a dash; what that means stands below, once. */
function glance({ columns, rows, unknown }: GlanceBlock, style: Style): Html {
  const names = [columns.topic, columns.count, columns.change, columns.days, columns.languages]
  return html`<table class="g" style="${style.table}" cellpadding="0" cellspacing="0" border="0">
<tr>${names.map((name) => html`<th scope="col" align="start" style="${style.head}">${name}</th>`)}</tr>
${rows.map((row) => glanceRow(row.change === unknown ? { ...row, change: '–' } : row, style))}</table>
${rows.some(({ change }) => change === unknown) ? muted(html`– ${unknown}`, style) : undefined}`
}

function glanceRow({ topic, count, change, days, languages }: GlanceRow, style: Style): Html {
  const cells = [
    html`<b>${inline(topic, style)}</b>`,
    html`${count}`,
    html`${change}`,
    html`<span dir="ltr" style="${style.days}">${days}</span>`,
    html`${languages}`,
  ]
  return html`<tr>${cells.map((cell) => html`<td style="${style.data}">${cell}</td>`)}</tr>\n`
}

function line(content: readonly Inline[], style: Style): Html {
  return html`${content.map((one) => inline(one, style))}`
}

/** `dir=auto` does not look into <bdi>: a foreign text that has its paragraph to itself goes without. */
function paragraphOf(content: readonly Inline[], style: Style): Html {
  const alone = content.filter(({ kind }) => kind === 'foreign').length === 1
  return alone ? html`${content.map((one) => inline(one, style, 'span'))}` : line(content, style)
}

function inline(one: Inline, style: Style, wrapper: 'bdi' | 'span' = 'bdi'): Html {
  if (one.kind === 'own') return ownText(one, style)
  const words = markedPieces(one.text, one.marks ?? []).map(({ text, marked }) =>
    marked ? html`<mark style="${style.mark}">${text}</mark>` : html`${text}`,
  )
  const { language, url } = one
  const link = (text: Html) => html`<a href="${url}" style="${style.link}">${text}</a>`
  if (wrapper === 'span') return named(language, url === undefined ? html`${words}` : link(html`${words}`))
  const text =
    language === undefined ? html`<bdi>${words}</bdi>` : html`<bdi lang="${language}">${words}</bdi>`
  return url === undefined ? text : link(text)
}

function named(language: string | undefined, text: Html): Html {
  return language === undefined ? text : html`<span lang="${language}">${text}</span>`
}

/** Our own words; `anchor` leads to another part of the same page. */
function ownText({ text, strong, anchor }: Extract<Inline, { kind: 'own' }>, style: Style): Html {
  if (anchor !== undefined) return html`<a href="#${anchor}" style="${style.link}">${text}</a>`
  return strong ? html`<b>${text}</b>` : html`${text}`
}
