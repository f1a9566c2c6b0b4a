// A feed of ours as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).
import type { OutgoingEntry, OutgoingFeed } from './outgoing-feed.ts'

/** A whole document, indented. */
export function renderJsonFeed({ title, language, entries }: OutgoingFeed): string {
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title,
    language,
    items: entries.map(itemJson),
  }
  return `${JSON.stringify(feed, null, 2)}\n`
}

function itemJson({ id, title, url, language, published, updated, author, html }: OutgoingEntry) {
  return {
    id,
    title: title.toWellFormed(),
    ...(url !== undefined && { url }),
    content_html: html.toWellFormed(),
    date_published: new Date(published).toISOString(),
    date_modified: new Date(updated).toISOString(),
    authors: [{ name: author.toWellFormed() }],
    ...(language !== undefined && { language }),
  }
}
