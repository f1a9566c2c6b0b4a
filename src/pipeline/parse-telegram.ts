// The public preview of a Telegram channel (t.me/s/NAME) as a feed: Telegram publishes no other.
import { Parser } from 'htmlparser2'
import type { FeedDocument, Markup, RawEntry, Reference } from './parse-document.ts'

/** A post while the page is read; its texts are ranges of the page. */
type Post = { readonly path: string; html: string; at: string; images: string[] }

type Reading = {
  readonly page: string
  readonly posts: Post[]
  title: string
  description: string
  older: string
  /** What is being collected, since which offset, and how many elements are open inside it. */
  collecting:
    | { readonly what: 'post' | 'title' | 'description'; readonly from: number; depth: number }
    | undefined
}
type Attributes = Readonly<Record<string, string | undefined>>

const postPath = /^[\w-]{1,64}\/\d{1,12}$/
const background = /background-image:\s*url\(\s*['"]?([^'")]+)/

/** The document of a preview, newest post first; undefined when it shows no channel. */
export function parseTelegram(page: string, feedUrl: string, itemsMax: number): FeedDocument | undefined {
  const reading = readPage(page)
  const posts = reading.posts.toReversed()
  const [channel = ''] = posts[0]?.path.split('/') ?? []
  if (channel === '') return undefined
  const reference = (href: string): readonly Reference[] => (href === '' ? [] : [{ href, base: feedUrl }])
  const markup = (text: string): readonly Markup[] =>
    text === '' ? [] : [{ text, plain: false, base: feedUrl }]
  return {
    format: 'telegram',
    engine: 'telegram',
    feed: {
      titles: markup(reading.title),
      descriptions: markup(reading.description),
      sites: reference(`https://t.me/${channel}`),
      selfs: [],
      hubs: [],
      olders: reference(reading.older),
      images: [],
      language: undefined,
      pace: {},
    },
    entryCount: Math.min(posts.length, itemsMax),
    entryAt: (index) => entryOf(posts[index], feedUrl),
    omitted: Math.max(0, posts.length - itemsMax),
    warnings: [],
  }
}

function readPage(page: string): Reading {
  const reading: Reading = { page, posts: [], title: '', description: '', older: '', collecting: undefined }
  const parser = new Parser({
    onopentag: (tag, attributes) => openTag(reading, tag, attributes, parser.endIndex + 1),
    onclosetag: () => closeTag(reading, parser.startIndex),
  })
  parser.end(page)
  return reading
}

function openTag(reading: Reading, tag: string, attributes: Attributes, innerStart: number): void {
  if (reading.collecting !== undefined) reading.collecting.depth++
  const { class: classes = '', href = '', rel = '' } = attributes
  const path = attributes['data-post'] ?? ''
  if (postPath.test(path)) reading.posts.push({ path, html: '', at: '', images: [] })
  if (tag === 'link' && rel === 'prev') reading.older = href
  const post = reading.posts.at(-1)
  if (post !== undefined) {
    if (tag === 'time') post.at ||= attributes['datetime'] ?? ''
    const image = /photo_wrap|video_thumb|link_preview_image/.test(classes)
      ? background.exec(attributes['style'] ?? '')
      : null
    if (image?.[1] !== undefined) post.images.push(image[1])
  }
  const what = collected(classes, post)
  if (what !== undefined && reading.collecting === undefined)
    reading.collecting = { what, from: innerStart, depth: 0 }
}

function collected(classes: string, post: Post | undefined): 'post' | 'title' | 'description' | undefined {
  if (post !== undefined) return /\bjs-message_text\b/.test(classes) && post.html === '' ? 'post' : undefined
  if (classes.includes('tgme_channel_info_header_title')) return 'title'
  return classes.includes('tgme_channel_info_description') ? 'description' : undefined
}

function closeTag(reading: Reading, end: number): void {
  const { collecting, page } = reading
  if (collecting === undefined) return
  if (collecting.depth > 0) {
    collecting.depth--
    return
  }
  reading.collecting = undefined
  const html = page.slice(collecting.from, end)
  const post = reading.posts.at(-1)
  if (collecting.what === 'title') reading.title ||= html
  else if (collecting.what === 'description') reading.description ||= html
  else if (post !== undefined) post.html = html
}

/** A post without words and pictures, such as "channel created", is no entry. */
function entryOf(post: Post | undefined, base: string): RawEntry | undefined {
  if (post === undefined || (post.html === '' && post.images.length === 0)) return undefined
  const address = `https://t.me/${post.path}`
  return {
    guid: address,
    links: [{ href: address, base }],
    titles: [],
    summaries: [],
    contents: post.html === '' ? [] : [{ text: post.html, plain: false, base }],
    published: post.at === '' ? [] : [{ source: 'published', text: post.at }],
    updated: [],
    authors: [],
    categories: [],
    enclosures: [],
    images: post.images.map((href) => ({ href, base })),
    comments: [],
    language: undefined,
    origin: undefined,
  }
}
