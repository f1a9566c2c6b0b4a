// Sites that are known to have no feeds, so that nobody is left guessing.
import { presetFeed } from './feed-presets.ts'

const feedless: readonly (readonly [host: RegExp, name: string])[] = [
  [/(?:^|\.)(?:t\.me|telegram\.me)$/, 'Telegram outside public channels'],
  [/(?:^|\.)(?:x\.com|twitter\.com)$/, 'X'],
  [/(?:^|\.)(?:facebook\.com|fb\.com)$/, 'Facebook'],
  [/(?:^|\.)instagram\.com$/, 'Instagram'],
  [/(?:^|\.)tiktok\.com$/, 'TikTok'],
]

/** One sentence of advice for a page of such a site; undefined for every other page. */
export function feedlessSite(pageUrl: string): string | undefined {
  if (presetFeed(pageUrl)?.startsWith('https://t.me/s/')) return undefined // a public channel
  const host = URL.parse(pageUrl)?.hostname ?? ''
  const name = feedless.find(([site]) => site.test(host))?.[1]
  return name === undefined
    ? undefined
    : `${name} has no feeds; a bridge such as RSSHub can make one of a channel`
}
