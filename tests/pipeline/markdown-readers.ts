// Three programs that show Markdown, each written apart from the others, and the links that a reader of their pages finds.
import { Parser as CommonMarkParser, HtmlRenderer } from 'commonmark'
import { Parser } from 'htmlparser2'
import MarkdownIt from 'markdown-it'
import { micromark } from 'micromark'

export type Link = { readonly href: string; readonly text: string }

const markdownIt = new MarkdownIt({ html: true, linkify: true })
const commonMark = new CommonMarkParser()
const commonMarkHtml = new HtmlRenderer()

/** By name: Markdown in, HTML out. HTML in the source is let through, and markdown-it also links bare addresses. */
export const markdownReaders: Readonly<Record<string, (markdown: string) => string>> = {
  'markdown-it': (markdown) => markdownIt.render(markdown),
  commonmark: (markdown) => commonMarkHtml.render(commonMark.parse(markdown)),
  micromark: (markdown) => micromark(markdown, { allowDangerousHtml: true, allowDangerousProtocol: true }),
}

/** The links of a page in their order, with the text they show. */
export function linksOf(html: string): readonly Link[] {
  const links: Link[] = []
  let inside: { href: string; text: string } | undefined
  const parser = new Parser({
    onopentag: (name, { href = '' }) => {
      if (name === 'a') inside = { href, text: '' }
    },
    ontext: (text) => {
      if (inside) inside.text += text
    },
    onclosetag: (name) => {
      if (name !== 'a' || !inside) return
      links.push(inside)
      inside = undefined
    },
  })
  parser.end(html)
  return links
}
