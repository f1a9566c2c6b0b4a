// What the writer needs of a fetch: an archive of plain text keeps no markup, which is half of what a feed says.
import type { Item } from '../model/item.ts'
import type { Fetched } from '../model/outcome.ts'

/** The same fetch without the HTML of its entries: it neither waits in memory nor travels through Redis for nothing. */
export function withoutMarkup(outcome: Fetched): Fetched {
  return { ...outcome, feed: { ...outcome.feed, items: outcome.feed.items.map(plainItem) } }
}

function plainItem({ summaryHtml: _summary, contentHtml: _content, ...item }: Item): Item {
  return item
}
