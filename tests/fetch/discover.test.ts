// What a person types becomes the feeds they may follow.
import { afterEach, describe, expect, it } from 'vitest'
import { feedLinks } from '../../src/fetch/feed-links.ts'
import { presetFeed } from '../../src/fetch/feed-presets.ts'
import { closeAll, now, openFetcher, rss, serve } from './server.ts'

afterEach(closeAll)

async function discover(pages: Readonly<Record<string, string>>, path = '/') {
  const server = await serve((request, response) => {
    const page = pages[request.url ?? '']
    response.writeHead(page === undefined ? 404 : 200).end(page)
  })
  const discovery = await openFetcher().discoverFeeds(`${server.origin}${path}`, now)
  return { ...discovery, origin: server.origin, paths: server.requests.map(({ url }) => url) }
}

const dated = `<rss version="2.0"><channel><title>Harbour Post</title><language>en-GB</language>
  <item><title>Old</title><pubDate>Fri, 01 Jan 2027 08:00:00 GMT</pubDate></item>
  <item><title>New</title><pubDate>Sun, 03 Jan 2027 08:00:00 GMT</pubDate></item></channel></rss>`

describe('discovery', () => {
  it('takes a feed for what it is, with one request', async () => {
    const { feeds, origin, paths } = await discover({ '/feed': dated }, '/feed')
    expect(feeds).toEqual([
      {
        url: `${origin}/feed`,
        via: 'itself',
        format: 'rss',
        title: 'Harbour Post',
        items: 2,
        newestAt: Date.UTC(2027, 0, 3, 8),
        language: 'en-GB',
      },
    ])
    expect(paths).toEqual(['/feed'])
  })

  it('follows the links of a page and keeps those that are feeds', async () => {
    const { feeds, paths } = await discover({
      '/': `<!doctype html><head><base href="/news/">
        <link rel="alternate" type="application/rss+xml" title="All" href="all.xml">
        <link rel="alternate" type="application/atom+xml" href="/gone.xml">
        <link rel="ALTERNATE" type="application/feed+json" href="../feed.json?x=1&amp;y=2#top"></head>`,
      '/news/all.xml': rss('one', 'two'),
      '/feed.json?x=1&y=2': '{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[]}',
    })
    expect(feeds.map(({ via, title, items, format }) => [via, title, items, format])).toEqual([
      ['link', 'The Harbour Post', 2, 'rss'],
      ['link', 'J', 0, 'json'],
    ])
    expect(paths).toEqual(['/', '/news/all.xml', '/gone.xml', '/feed.json?x=1&y=2'])
  })

  it('keeps the address where a temporary redirect began', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/old') response.writeHead(301, { location: '/feed' }).end()
      else if (request.url === '/feed') response.writeHead(302, { location: '/cache/7f3a' }).end()
      else response.end(rss('one'))
    })
    const { feeds } = await openFetcher().discoverFeeds(`${server.origin}/old`, now)
    expect(feeds.map(({ url }) => url)).toEqual([`${server.origin}/feed`])
  })

  it('looks in the usual places when a page names nothing', async () => {
    const { feeds } = await discover(
      { '/about': '<!doctype html><p>Hello</p>', '/rss.xml': rss('one') },
      '/about',
    )
    expect(feeds.map(({ via, url }) => [via, new URL(url).pathname])).toEqual([['usual-place', '/rss.xml']])
  })

  it.each([
    'https://t.me/+invitation',
    't.me/joinchat/desk',
    'https://www.facebook.com/desk',
    'https://x.com/desk',
  ])('says at once that %s has no feeds, without asking it', async (url) => {
    const lookup = () => Promise.reject(new Error('must not be asked'))
    const { feeds, detail } = await openFetcher({ lookup }).discoverFeeds(url, now)
    expect([feeds, detail]).toEqual([[], expect.stringContaining('RSSHub')])
  })

  it('says why a page could not be read', async () => {
    expect(await discover({})).toMatchObject({ feeds: [], detail: 'HTTP 404' })
    const inside = await openFetcher().discoverFeeds('http://127.0.0.1:9/', now)
    expect(inside).toEqual({ feeds: [], detail: 'address not allowed' })
    expect(await openFetcher().discoverFeeds('no such thing', now)).toMatchObject({ feeds: [] })
  })
})

describe('the links of a page', () => {
  const page = 'https://post.example/world/'

  it.each([
    ['<link rel="alternate" type="application/rss+xml" href="/rss">', ['https://post.example/rss']],
    [
      '<LINK REL="feed alternate" TYPE="application/atom+xml; charset=utf-8" HREF="a">',
      ['https://post.example/world/a'],
    ],
    ['<link rel=alternate type=text/xml href="//cdn.example/x.xml">', ['https://cdn.example/x.xml']],
    ['<link rel="alternate" hreflang="ar" href="/ar">', []],
    ['<link rel="stylesheet" type="text/css" href="/feed.css">', []],
    ['<link rel="alternate" type="application/json+oembed" href="/oembed?x">', []],
    ['<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">', []],
    ['<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">', []],
    [
      '<a href="/about">About</a><a href="/rss/all">RSS</a><a href="/rss/all#x">again</a>',
      ['https://post.example/rss/all'],
    ],
    ['<a href="/feedback">Feedback</a>', []],
    ['<!-- <link rel="alternate" type="application/rss+xml" href="/old"> -->', []],
  ])('%s', (html, urls) => {
    expect(feedLinks(html, page).map(({ url }) => url)).toEqual(urls)
  })
})

describe('a known site', () => {
  it.each([
    [
      'https://www.youtube.com/channel/UC0123456789abcdefghijkl/videos',
      'https://www.youtube.com/feeds/videos.xml?channel_id=UC0123456789abcdefghijkl',
    ],
    ['https://youtube.com/playlist?list=PLx', 'https://www.youtube.com/feeds/videos.xml?playlist_id=PLx'],
    ['https://www.youtube.com/@name', undefined],
    ['https://old.reddit.com/r/worldnews/new/', 'https://www.reddit.com/r/worldnews/new/.rss'],
    ['https://news.google.com/search?q=basra&hl=en', 'https://news.google.com/rss/search?q=basra&hl=en'],
    ['https://t.me/harbourpost', 'https://t.me/s/harbourpost'],
    ['https://t.me/s/harbourpost?before=7', 'https://t.me/s/harbourpost'],
    ['https://telegram.me/harbourpost/41', 'https://t.me/s/harbourpost'],
    ['https://t.me/+AbCdEf', undefined],
    ['https://t.me/joinchat/AbCdEf', undefined],
    ['https://social.example/@desk', 'https://social.example/@desk.rss'],
    ['https://social.example/@desk/with_replies', undefined],
    ['https://post.example/', undefined],
    ['nonsense', undefined],
  ])('%s has its feed at %s', (page, feed) => {
    expect(presetFeed(page)).toBe(feed)
  })
})
