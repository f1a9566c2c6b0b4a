// One <url> of a sitemap, with what Google News sitemaps add.
import type { RawEntry } from './parse-document.ts'
import { childOf, childrenOf, textOfChild, type XmlElement } from './parse-element.ts'
import { textReferences } from './parse-links.ts'
import { readMarkups } from './parse-markup.ts'

/** Reads an entry; its address is also its id. */
export function readSitemapEntry(element: XmlElement, base: string): RawEntry {
  const news = childOf(element, 'news:news') ?? element
  const publication = childOf(news, 'news:publication')
  const guid = textOfChild(element, 'loc')
  const published = textOfChild(news, 'news:publication_date')
  const updated = textOfChild(element, 'lastmod')
  const language = publication === undefined ? undefined : textOfChild(publication, 'news:language')
  const keywords = `${textOfChild(news, 'news:keywords') ?? ''},${textOfChild(news, 'news:genres') ?? ''}`
  return {
    guid,
    links: textReferences(childrenOf(element, 'loc'), base),
    titles: readMarkups(childrenOf(news, 'news:title'), base),
    summaries: [],
    contents: [],
    published: published === undefined ? [] : [{ source: 'published', text: published }],
    updated: updated === undefined ? [] : [{ source: 'updated', text: updated }],
    authors: [],
    categories: keywords.split(/[,،]/),
    enclosures: [],
    images: childrenOf(element, 'image:image').flatMap((image) =>
      textReferences(childrenOf(image, 'image:loc'), base),
    ),
    comments: [],
    language,
    origin: undefined,
  }
}
