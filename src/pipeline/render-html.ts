// An edition as an HTML mail: it reads in old programs, on dark screens and on paper, and fetches nothing.
import type { Edition } from '../model/digest.ts'
import { type Html, html } from '../text/html-template.ts'
import { outline } from './outline.ts'
import type { Outline } from './outline-block.ts'
import { blockHtml } from './render-html-block.ts'
import { SHEET, STYLE } from './render-html-style.ts'
import { shortenedEdition } from './shorten.ts'
import { SHORTENED_MARK } from './shortened-mark.ts'

/** `bytesMax` is measured in UTF-8; Gmail clips a mail at 102 kB, so 90,000 is the default. Infinity gives the full copy. */
export type HtmlOptions = { readonly bytesMax?: number }

/**
 * A whole document. Every text is escaped, every link is http, https or mailto, no style or image is loaded. An edition
 * that does not fit is shortened before it is rendered (first the links of the appendix go, then stories, counted as
 * "and N more"), so a tag is never cut.
 */
export function renderHtml(edition: Edition, { bytesMax = 90_000 }: HtmlOptions = {}): string {
  const whole = page(edition)
  if (byteLength(whole) <= bytesMax) return whole
  return page(shortenedEdition(edition, (candidate) => byteLength(page(candidate)) <= bytesMax))
}

function page(edition: Edition): string {
  return `${document(outline(edition), edition.shortened ?? false).html}\n`
}

function document(edition: Outline, shortened: boolean): Html {
  const { language, direction, title, preheader, blocks } = edition
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
<body class="d" style="${STYLE.body}">
<div style="${STYLE.hidden}">${preheader}${{ html: PADDING }}</div>
<table role="presentation" class="d" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center">
<table role="presentation" width="680" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:680px"><tr><td class="p" dir="${direction}" style="${STYLE.cell};text-align:${side}">
${blocks.map(blockHtml)}
</td></tr></table>
</td></tr></table>
</body>
</html>`
}

// Keeps the mail program from filling its preview line with what follows the headlines.
const PADDING = '&#847;&zwnj;&nbsp;'.repeat(60)

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}
