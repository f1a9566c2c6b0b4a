// Character references, in the two strictnesses a feed needs.
import { decodeHTML, decodeHTMLStrict } from 'entities'

/**
 * Decodes the references of an XML text: any HTML name, but only with its semicolon, so that `&copy=2` in an
 * address survives; numbers 128-159 mean windows-1252, as in HTML. Unknown names stay as written.
 */
export function decodeXmlText(text: string): string {
  return text.includes('&') ? decodeHTMLStrict(text) : text
}

/** Decodes the references of an HTML text as browsers do, forgotten semicolons included. */
export function decodeHtmlText(text: string): string {
  return text.includes('&') ? decodeHTML(text) : text
}

/** Writes a plain text as HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'))
}
