// A feed of ours as Atom (RFC 4287).
import { type Html, html } from '../text/html-template.ts'
import { opmlLine } from './opml.ts'
import type { OutgoingEntry, OutgoingFeed } from './outgoing-feed.ts'

/** A whole document, well-formed whatever the titles hold: characters that XML cannot carry are left out. */
export function renderAtom({ id, title, language, updated, entries }: OutgoingFeed): string {
  return html`${{ html: '<?xml version="1.0" encoding="UTF-8"?>' }}
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
  <id>${id}</id>
  <title>${opmlLine(title)}</title>
  <updated>${isoTime(updated)}</updated>
  <generator>Presslark</generator>
${entries.map(entryXml)}</feed>
`.html
}

function entryXml({
  id,
  title,
  url,
  language,
  published,
  updated,
  author,
  html: content,
}: OutgoingEntry): Html {
  const lang = language === undefined ? '' : html` xml:lang="${language}"`
  const link = url === undefined ? '' : html`    <link rel="alternate" href="${opmlLine(url)}"/>\n`
  return html`  <entry${lang}>
    <id>${id}</id>
    <title>${opmlLine(title)}</title>
${link}    <published>${isoTime(published)}</published>
    <updated>${isoTime(updated)}</updated>
    <author><name>${opmlLine(author)}</name></author>
    <content type="html">${xmlText(content)}</content>
  </entry>
`
}

function isoTime(at: number): string {
  return new Date(at).toISOString()
}

/** Only what XML 1.0 can hold, section 2.2; line breaks stay. */
function xmlText(text: string): string {
  return text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/g, ' ')
}
