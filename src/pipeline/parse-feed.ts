// An XML tree as a feed document: what the feed says of itself, and its entries on demand.
import type { FeedFormat, FeedPace, NormalisedFeed, Person } from '../model/item.ts'
import type { FeedDocument, RawEntry, RawFeed, Reference } from './parse-document.ts'
import { attributeOf, childOf, childrenOf, textOf, textOfChild, type XmlElement } from './parse-element.ts'
import { readEntry } from './parse-entry.ts'
import { alternatesOf, linksOf, linksWith, textReferences } from './parse-links.ts'
import { readMarkups } from './parse-markup.ts'
import { readPerson } from './parse-person.ts'
import { readSitemapEntry } from './parse-sitemap.ts'
import type { XmlTree } from './parse-xml.ts'

const TITLES = ['title', 'atom:title', 'dc:title', 'media:title', 'itunes:title']
const DESCRIPTIONS = [
  'description',
  'atom:subtitle',
  'subtitle',
  'atom:tagline',
  'tagline',
  'dc:description',
  'itunes:summary',
  'abstract',
  'atom:info',
  'itunes:subtitle',
  'googleplay:description',
]

/** The document of a tree; undefined when it holds no feed. */
export function readTree(
  tree: XmlTree,
  feedUrl: string,
  engine: NormalisedFeed['engine'],
): FeedDocument | undefined {
  const { root, channel } = tree
  if (root === undefined || channel === undefined) return undefined
  const format = formatOf(root)
  const feed = readFeedFields(root, channel, feedUrl)
  const base = baseOf(feed, feedUrl)
  const feedAuthors = format === 'atom' ? authorsOf(channel) : []
  const read = (element: XmlElement): RawEntry => {
    const entry = format === 'sitemap' ? readSitemapEntry(element, base) : readEntry(element, base)
    return entry.authors.length > 0 ? entry : { ...entry, authors: feedAuthors }
  }
  return {
    format,
    engine: format === 'sitemap' ? 'sitemap' : engine,
    feed,
    entryCount: tree.entries.length,
    entryAt: (index) => {
      const element = tree.entries[index]
      return element === undefined ? undefined : read(element)
    },
    omitted: tree.omitted,
    warnings: tree.warnings,
    ...sealsOf(tree, [format, base, feedAuthors]),
  }
}

/** What the feed says of itself belongs to the surroundings of its entries. */
function sealsOf({ seals }: XmlTree, said: unknown): Pick<FeedDocument, 'seals'> {
  if (seals === undefined) return {}
  return { seals: { ...seals, surroundings: JSON.stringify([seals.surroundings, said]) } }
}

function formatOf(root: XmlElement): FeedFormat {
  if (root.name.local === 'feed') return 'atom'
  if (root.name.local === 'rdf') return 'rdf'
  return root.name.local === 'urlset' ? 'sitemap' : 'rss'
}

/** Addresses are relative to xml:base, else to the site if the feed names it absolutely, else to the feed. */
function baseOf(feed: RawFeed, feedUrl: string): string {
  const site = feed.sites
    .map(({ href }) => href.trim())
    .find((href) => /^https?:\/\//i.test(href) && URL.canParse(href))
  return site ?? feedUrl
}

function authorsOf(channel: XmlElement): readonly Person[] {
  return childrenOf(channel, 'atom:author', 'author')
    .map(readPerson)
    .filter((one) => one !== undefined)
}

function readFeedFields(root: XmlElement, channel: XmlElement, feedUrl: string): RawFeed {
  const links = linksOf(childrenOf(channel, 'atom:link', 'link'), feedUrl)
  const language =
    textOfChild(channel, 'language', 'dc:language', 'atom:language') ?? channel.language ?? root.language
  const href = attributeOf(channel, 'href')
  return {
    titles: readMarkups(childrenOf(channel, ...TITLES), feedUrl),
    descriptions: readMarkups(childrenOf(channel, ...DESCRIPTIONS), feedUrl),
    sites: [
      ...textReferences(childrenOf(channel, 'link'), feedUrl),
      ...alternatesOf(links),
      ...(href === undefined ? [] : [{ href, base: feedUrl }]),
    ],
    selfs: linksWith(links, 'self'),
    hubs: linksWith(links, 'hub'),
    olders: [...linksWith(links, 'prev-archive'), ...linksWith(links, 'next')],
    images: [...imagesOf(channel, feedUrl), ...imagesOf(root, feedUrl)],
    language,
    pace: paceOf(channel),
  }
}

function imagesOf(holder: XmlElement, base: string): readonly Reference[] {
  const image = childOf(holder, 'image')
  const attribute = childrenOf(holder, 'itunes:image', 'media:thumbnail').flatMap((child) => {
    const href = attributeOf(child, 'href') ?? attributeOf(child, 'url')
    return href === undefined ? [] : [{ href, base: child.base ?? base }]
  })
  return [
    ...(image === undefined ? [] : textReferences(childrenOf(image, 'url'), base)),
    ...textReferences(childrenOf(holder, 'atom:logo', 'logo', 'atom:icon', 'icon'), base),
    ...attribute,
  ]
}

function paceOf(channel: XmlElement): FeedPace {
  const ttlMinutes = wholeNumber(textOfChild(channel, 'ttl'))
  const updatePeriod = textOfChild(channel, 'sy:updateperiod')?.toLowerCase()
  const updateFrequency = wholeNumber(textOfChild(channel, 'sy:updatefrequency'))
  const skipHours = listOf(channel, 'skiphours', 'hour')
    .map(Number)
    .filter((hour) => Number.isInteger(hour) && hour >= 0 && hour <= 24)
  const skipDays = listOf(channel, 'skipdays', 'day').slice(0, 7)
  return {
    ...(ttlMinutes === undefined ? {} : { ttlMinutes }),
    ...(updatePeriod === undefined ? {} : { updatePeriod }),
    ...(updateFrequency === undefined ? {} : { updateFrequency }),
    ...(skipHours.length === 0 ? {} : { skipHours: skipHours.map((hour) => hour % 24).slice(0, 24) }),
    ...(skipDays.length === 0 ? {} : { skipDays }),
  }
}

function listOf(channel: XmlElement, list: string, entry: string): readonly string[] {
  const holder = childOf(channel, list)
  return holder === undefined
    ? []
    : childrenOf(holder, entry)
        .map(textOf)
        .filter((text) => text !== '')
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
