// HTML as plain text.

import { readHtml } from './html-read.ts'
import { collapseSpace } from './html-settled.ts'

/**
 * The words of an HTML fragment: tags gone, references decoded, script and style dropped, white space collapsed,
 * blocks and <br> on lines of their own. Linear in the length of `html`, no recursion, never throws.
 */
export function htmlToText(html: string): string {
  if (!html.includes('<') && !html.includes('&')) return collapseSpace(html).trim()
  return readHtml(html).text
}
