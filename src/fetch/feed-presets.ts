// Sites whose feeds have known addresses that their pages do not always name.

type Preset = { readonly host: RegExp; readonly feed: (url: URL) => string | undefined }

const presets: readonly Preset[] = [
  { host: /^(?:www\.|m\.)?youtube\.com$/, feed: youtube },
  { host: /^(?:www\.|old\.)?reddit\.com$/, feed: reddit },
  { host: /^news\.google\.com$/, feed: googleNews },
  { host: /^(?:t|telegram)\.me$/, feed: telegram },
]

/** The address of the feed behind a page of such a site; undefined for any other page. */
export function presetFeed(pageUrl: string): string | undefined {
  const url = URL.parse(pageUrl)
  if (url === null) return undefined
  const preset = presets.find(({ host }) => host.test(url.hostname))
  return preset === undefined ? fediverse(url) : preset.feed(url)
}

// Channel pages by handle (/@name) name their feed in a <link>; ids and playlists have a fixed address.
function youtube(url: URL): string | undefined {
  const playlist = url.searchParams.get('list')
  const channel = /^\/channel\/(UC[\w-]{22})/.exec(url.pathname)?.[1]
  const feeds = 'https://www.youtube.com/feeds/videos.xml'
  if (playlist !== null) return `${feeds}?playlist_id=${encodeURIComponent(playlist)}`
  return channel === undefined ? undefined : `${feeds}?channel_id=${channel}`
}

function reddit(url: URL): string | undefined {
  const path = /^\/(?:r|u|user)\/[\w-]+(?:\/(?:new|top|hot|rising))?/.exec(url.pathname)?.[0]
  return path === undefined ? undefined : `https://www.reddit.com${path}/.rss`
}

// Searches, topics and sections have a feed of the same path under /rss; without hl, gl and ceid the edition is a guess.
function googleNews(url: URL): string | undefined {
  if (url.pathname.startsWith('/rss')) return url.href
  return /^\/(?:search|topics|topstories|publications)/.test(url.pathname)
    ? `${url.origin}/rss${url.pathname}${url.search}`
    : undefined
}

// Public channels have a preview of their last posts, which pipeline/parse-telegram.ts reads; invitations have none.
function telegram(url: URL): string | undefined {
  const name = /^\/(?:s\/)?([a-z]\w{3,31})(?:\/\d+)?\/?$/i.exec(url.pathname)?.[1]
  return name === undefined || /^(?:joinchat|share|addstickers|proxy)$/i.test(name)
    ? undefined
    : `https://t.me/s/${name}`
}

// Mastodon and its kin: /@name on any host.
function fediverse(url: URL): string | undefined {
  const name = /^\/@[\w.-]+\/?$/.exec(url.pathname)?.[0]
  return name === undefined ? undefined : `${url.origin}${name.replace(/\/$/, '')}.rss`
}
