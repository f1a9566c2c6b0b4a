// The page behind a redirecting or caching address, as far as the address itself tells. News.google.com links do not tell.

const wrappersDeepMax = 3

/** Follows google.com/url, l.facebook.com, out.reddit.com and AMP caches without the network. Anything else comes back as it is. */
export function unwrapUrl(url: URL): URL {
  let page = url
  for (let depth = 0; depth < wrappersDeepMax; depth++) {
    const inner = innerAddress(page)
    const parsed = inner === undefined ? null : URL.parse(inner)
    if (parsed === null || !/^https?:$/.test(parsed.protocol)) return page
    page = parsed
  }
  return page
}

function innerAddress(url: URL): string | undefined {
  const { hostname: host, pathname: path } = url
  const parameter = (name: string): string | null => url.searchParams.get(name) // made when it is asked for, which takes as long as all else
  if (/^(?:www\.)?google\.[a-z.]+$/.test(host)) {
    if (path === '/url') return parameter('q') ?? parameter('url') ?? undefined
    return path.startsWith('/amp/') ? cachedAddress(path.slice('/amp'.length), url.search) : undefined
  }
  if (/^lm?\.facebook\.com$/.test(host) && path === '/l.php') return parameter('u') ?? undefined
  if (host === 'out.reddit.com') return parameter('url') ?? undefined
  if (/(?:^|\.)cdn\.ampproject\.org$/.test(host))
    return cachedAddress(path.replace(/^\/[cv](?=\/)/, ''), url.search)
  return undefined
}

// "/s/www.example.com/a/1" means https, "/www.example.com/a/1" http.
function cachedAddress(path: string, search: string): string | undefined {
  const found = /^\/(s\/)?((?:[a-z0-9-]+\.)+[a-z]{2,}(?:\/.*)?)$/i.exec(path)
  return found === null ? undefined : `${found[1] === undefined ? 'http' : 'https'}://${found[2]}${search}`
}
