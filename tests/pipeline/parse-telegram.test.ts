// The public preview of a Telegram channel, read as a feed.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readFeed } from '../../src/pipeline/parse.ts'

const page = readFileSync(new URL('../fixtures/fetch/telegram-preview.html', import.meta.url), 'utf8')

const read = (text: string) =>
  readFeed(text, {
    url: 'https://t.me/s/harbourpost',
    fetchedAt: Date.UTC(2027, 0, 4),
    pause: () => Promise.resolve(),
  })

async function feedOf(text: string) {
  const reading = await read(text)
  if (!reading.ok) throw new Error(reading.detail)
  return reading.feed
}

describe('the preview of a channel', () => {
  it('names the channel, its page and the page before this one', async () => {
    expect(await feedOf(page)).toMatchObject({
      format: 'telegram',
      engine: 'telegram',
      title: 'Harbour Post & Sons',
      description: 'News of the harbour. By us',
      siteUrl: 'https://t.me/harbourpost',
      older: 'https://t.me/s/harbourpost?before=40',
    })
  })

  it('gives its posts, the newest first, and counts what holds neither words nor pictures', async () => {
    const { items, skipped } = await feedOf(page)
    expect(items.map(({ url, text, image, publishedAt }) => [url, text, image, publishedAt])).toEqual([
      [
        'https://t.me/harbourpost/43',
        'افتتح الوزير\nالجسر\nالجديد & القديم',
        'https://cdn.telegram.example/file/dam.jpg',
        Date.UTC(2027, 0, 2, 11),
      ],
      [
        'https://t.me/harbourpost/42',
        '',
        'https://cdn.telegram.example/file/pier.jpg',
        Date.UTC(2027, 0, 2, 10),
      ],
      [
        'https://t.me/harbourpost/41',
        'Ferry runs again\nThe boat crosses the bay four times a day. ⛴',
        undefined,
        Date.UTC(2027, 0, 2, 9, 30, 7),
      ],
    ])
    expect(items.map(({ guid }) => guid)).toEqual(items.map(({ url }) => url))
    expect(skipped).toHaveLength(1)
  })

  it('is told from any other page', async () => {
    expect(
      await read('<html><body><p>tgme_widget_message is a class of theirs</p></body></html>'),
    ).toMatchObject({
      ok: false,
      detail: 'an HTML page',
    })
    expect(await read(page.replaceAll('data-post', 'data-other'))).toMatchObject({ ok: false })
  })

  it('that is cut off anywhere gives whole posts and never an error', async () => {
    for (let length = 0; length < page.length; length += 97) {
      const reading = await read(page.slice(0, length))
      if (reading.ok)
        for (const { url } of reading.feed.items) expect(url).toMatch(/^https:\/\/t\.me\/harbourpost\/4\d$/)
    }
  })
})
