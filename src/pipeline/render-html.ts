// An edition as an HTML mail: it reads in old programs, on dark screens and on paper, and fetches nothing.
import type { Edition } from '../model/digest.ts'
import type { Logo, Look } from '../model/look.ts'
import { type Html, html } from '../text/html-template.ts'
import { type EditionTemplate, templateKit } from './edition-template.ts'
import { outline } from './outline.ts'
import type { Outline } from './outline-block.ts'
import { blockHtml } from './render-html-block.ts'
import { SHEET, type Style, styleOf } from './render-html-style.ts'
import { SHORTENED_MARK } from './shortened-mark.ts'

export type HtmlOptions = {
  readonly look?: Look
  readonly template?: EditionTemplate // instead of our own page
  readonly shown?: Outline // of this edition, when the caller has it already
}

/** A whole document, the full copy. Every text is escaped, every link is http, https or mailto, no style or image is loaded. */
export function renderHtml(edition: Edition, { look = {}, template, shown }: HtmlOptions = {}): string {
  if (template !== undefined) return marked(template(edition, templateKit), edition)
  return `${document(shown ?? outline(edition), edition.shortened ?? false, look).html}\n`
}

/** A mail that was cut brings the full copy along, whoever wrote its page. */
function marked(text: string, { shortened = false }: Edition): string {
  return shortened && !text.includes(SHORTENED_MARK) ? `${text}\n${SHORTENED_MARK}\n` : text
}

function document(edition: Outline, shortened: boolean, { colours, logo }: Look): Html {
  const { language, direction, title, preheader, blocks } = edition
  const style = styleOf(colours)
  // Everything stands on the side of the edition's own language: headlines that jump from side to side are hard to scan.
  const side = direction === 'rtl' ? 'right' : 'left'
  return html`<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${title}</title>${{ html: shortened ? `\n${SHORTENED_MARK}` : '' }}
<style>${{ html: SHEET }}</style>
</head>
<body class="d" style="${style.body}">
<div style="${style.hidden}">${preheader}${{ html: PADDING }}</div>
<table role="presentation" class="d" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center">
<table role="presentation" width="680" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:680px"><tr><td class="p" dir="${direction}" style="${style.cell};text-align:${side}">
${logo && logoHtml(logo, style)}${blocks.map((block) => blockHtml(block, style))}
</td></tr></table>
</td></tr></table>
</body>
</html>`
}

function logoHtml({ dataUri, description }: Logo, style: Style): Html {
  return html`<img src="${dataUri}" alt="${description}" style="${style.logo}">\n`
}

// Keeps the mail program from filling its preview line with what follows the headlines.
const PADDING = '&#847;&zwnj;&nbsp;'.repeat(60)
