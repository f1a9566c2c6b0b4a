// The blocks of an edition in HTML. A foreign text decides its own direction and names its language.
import { type Html, html } from '../text/html-template.ts'
import { markedPieces } from '../text/marked-pieces.ts'
import type { Block, GlanceRow, Inline, StoryBlock } from './outline-block.ts'
import { STYLE } from './render-html-style.ts'

type GlanceBlock = Extract<Block, { kind: 'glance' }>

export function blockHtml(block: Block): Html {
  switch (block.kind) {
    case 'heading':
      return heading(block.level, line(block.content))
    case 'paragraph':
      return block.muted
        ? html`<p class="m" style="${STYLE.note}">${line(block.content)}</p>\n`
        : html`<p style="${STYLE.line}">${line(block.content)}</p>\n`
    case 'list':
      return html`<ul style="${STYLE.list}">\n${block.items.map((item) => html`<li>${line(item)}</li>\n`)}</ul>\n`
    case 'glance':
      return glance(block)
    case 'stories':
      return html`${block.stories.map(story)}`
  }
}

function heading(level: 1 | 2 | 3, content: Html): Html {
  if (level === 1) return html`<h1 style="${STYLE.h1}">${content}</h1>\n`
  if (level === 2) return html`<h2 style="${STYLE.h2}">${content}</h2>\n`
  return html`<h3 style="${STYLE.h3}">${content}</h3>\n`
}

function story({ headline, byline, hit, tally = [], also = [] }: StoryBlock): Html {
  const facts = [tally, also].filter((content) => content.length > 0).map(line)
  return html`<div><h3 dir="auto" style="${STYLE.headline}">${paragraphOf([headline])}</h3>
${muted(line(byline))}${hit && html`<p dir="auto" style="${STYLE.line}">${paragraphOf(hit)}</p>\n`}${facts.length > 0 ? muted(lines(facts)) : []}</div>\n`
}

function lines(contents: readonly Html[]): Html {
  return html`${contents.map((content, index) => (index === 0 ? content : html`<br>${content}`))}`
}

function muted(content: Html): Html {
  return html`<p class="m" style="${STYLE.muted}">${content}</p>\n`
}

function glance({ columns, rows }: GlanceBlock): Html {
  const names = [columns.topic, columns.count, columns.change, columns.days, columns.languages]
  return html`<table class="g" style="${STYLE.table}" cellpadding="0" cellspacing="0" border="0">
<tr>${names.map((name) => html`<th scope="col" align="start" style="${STYLE.head}">${name}</th>`)}</tr>
${rows.map(glanceRow)}</table>\n`
}

function glanceRow({ topic, count, change, days, languages }: GlanceRow): Html {
  const cells = [
    html`<b>${inline(topic)}</b>`,
    html`${count}`,
    html`${change}`,
    html`<span dir="ltr" style="${STYLE.days}">${days}</span>`,
    html`${languages}`,
  ]
  return html`<tr>${cells.map((cell) => html`<td style="${STYLE.data}">${cell}</td>`)}</tr>\n`
}

function line(content: readonly Inline[]): Html {
  return html`${content.map((one) => inline(one))}`
}

/** `dir=auto` does not look into <bdi>: a foreign text that has its paragraph to itself goes without. */
function paragraphOf(content: readonly Inline[]): Html {
  const alone = content.filter(({ kind }) => kind === 'foreign').length === 1
  return alone ? html`${content.map((one) => inline(one, 'span'))}` : line(content)
}

function inline(one: Inline, wrapper: 'bdi' | 'span' = 'bdi'): Html {
  if (one.kind === 'own') return one.strong ? html`<b>${one.text}</b>` : html`${one.text}`
  const words = markedPieces(one.text, one.marks ?? []).map(({ text, marked }) =>
    marked ? html`<mark style="${STYLE.mark}">${text}</mark>` : html`${text}`,
  )
  const { language, url } = one
  const link = (text: Html) => html`<a href="${url}" style="${STYLE.link}">${text}</a>`
  if (wrapper === 'span') return named(language, url === undefined ? html`${words}` : link(html`${words}`))
  const text =
    language === undefined ? html`<bdi>${words}</bdi>` : html`<bdi lang="${language}">${words}</bdi>`
  return url === undefined ? text : link(text)
}

function named(language: string | undefined, text: Html): Html {
  return language === undefined ? text : html`<span lang="${language}">${text}</span>`
}
