// What the writer needs of a fetch: an archive of plain text keeps no markup, which is half of what a feed says.
import type { Item, NormalisedFeed } from '../model/item.ts'

/** The same feed without the HTML of its entries: it neither waits in memory nor travels between threads or through Redis for nothing. */
export function withoutMarkup(feed: NormalisedFeed): NormalisedFeed {
  return { ...feed, items: feed.items.map(plainItem) }
}

function plainItem({ summaryHtml: _summary, contentHtml: _content, ...item }: Item): Item {
  return item
}
