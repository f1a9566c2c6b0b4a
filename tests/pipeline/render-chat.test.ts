import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { parseFragment } from 'parse5'
import { describe, expect, test } from 'vitest'
import type { Brief } from '../../src/model/brief.ts'
import { briefOf } from '../../src/pipeline/brief.ts'
import { composeEdition } from '../../src/pipeline/compose.ts'
import { renderMattermost } from '../../src/pipeline/render-mattermost.ts'
import { renderNtfy } from '../../src/pipeline/render-ntfy.ts'
import { renderSlack } from '../../src/pipeline/render-slack.ts'
import { renderTelegram } from '../../src/pipeline/render-telegram.ts'
import { article, material } from './edition-material.ts'
import { goldenMaterial } from './golden-material.ts'

const plain: Brief = {
  title: 'Morning desk – 22 November',
  language: 'en',
  lines: ['4 of 5 sources heard'],
  items: [{ text: 'Canal talks go on', url: 'https://daily.example/1', note: 'Daily Example' }],
  more: 0,
}
const withTitle = (text: string, url = 'https://daily.example/1'): Brief => ({
  ...plain,
  items: [{ text, url }],
})
const bytesOf = (text: string): number => new TextEncoder().encode(text).length
const services = {
  slack: renderSlack,
  mattermost: renderMattermost,
  telegram: renderTelegram,
  ntfy: (brief: Brief) => renderNtfy(brief).message,
}
const limits = { slack: 4_000, mattermost: 16_383, telegram: 4_096, ntfy: 4_096 }
const names = ['slack', 'mattermost', 'telegram', 'ntfy'] as const

describe('the brief of an edition', () => {
  test('tells the top stories first and each story once', () => {
    const { items } = briefOf(composeEdition(goldenMaterial('en')))
    expect(items.map(({ text }) => text).slice(0, 2)).toEqual([
      'Mosul dam reservoir at lowest level in a decade, ministry says',
      'Canal talks go into a third week',
    ])
    expect(new Set(items.map(({ url, text }) => url ?? text)).size).toBe(items.length)
  })

  test('counts the stories that it does not name', () => {
    const articles = Array.from({ length: 14 }, (_, index) => article(index + 1))
    const { items, more } = briefOf(composeEdition(material(articles)))
    expect(items.length + more).toBe(14)
  })

  test('says that nothing significant was found', () => {
    expect(briefOf(composeEdition(material([]))).lines).toEqual([
      '0 of 0 sources heard',
      'No significant coverage.',
    ])
  })
})

describe.each(names)('on %s', (name) => {
  const render = services[name]

  test('a long brief keeps the length that the service shows, in whole lines, and counts the rest', () => {
    const items = Array.from({ length: 200 }, (_, index) => ({
      text: `سد الموصل عند أدنى مستوى ${index} <&>`,
      url: `https://daily.example/2026/${index}?${'x'.repeat(60)}`,
      note: 'صوت دجلة',
    }))
    const message = render({ ...plain, items, more: 3 })
    expect(name === 'ntfy' ? bytesOf(message) : message.length).toBeLessThanOrEqual(limits[name])
    const shown = message.split('\n').filter((line) => line.startsWith('• ')).length
    expect(shown).toBeGreaterThan(5)
    expect(message.trimEnd()).toMatch(new RegExp(`and ${203 - shown} more stories$`))
  })

  test('texts that run against the edition stand in isolates, on one line each', () => {
    const message = render(withTitle('سد الموصل'))
    expect(message).toContain('\u2068سد الموصل\u2069')
    for (const line of message.split('\n'))
      expect(line.split('\u2068')).toHaveLength(line.split('\u2069').length)
  })

  test('every line of an Arabic edition runs from right to left', () => {
    const lines = render({ ...plain, language: 'ar' })
      .split('\n')
      .filter((line) => line !== '')
    for (const line of lines) expect(line).toMatch(/^\u200f/)
  })
})

describe('what the services refuse or cut', () => {
  const words = fc.string({
    unit: fc.constantFrom(...'a & < > " \\ * _ @ | س م 水 😀'.split(' '), ' '),
    maxLength: 2_500,
  })
  const item = fc.record({
    text: words,
    url: words.map((path) => `https://daily.example/${encodeURI(path)}`),
    note: words,
  })
  const briefs = fc.record({
    title: words.filter((title) => title.trim() !== ''),
    language: fc.constantFrom('en', 'ar', 'fa'),
    lines: fc.array(words, { maxLength: 6 }),
    items: fc.array(item, { maxLength: 10 }),
    more: fc.nat(),
  })

  test('no message is ever: Slack splits after 4,000 characters, Mattermost after 16,383, Telegram and ntfy refuse', () => {
    fc.assert(
      fc.property(briefs, (brief) => {
        expect(renderSlack(brief).length).toBeLessThanOrEqual(4_000)
        expect([...renderMattermost(brief)].length).toBeLessThanOrEqual(16_383)
        const telegram = renderTelegram(brief)
        expect(telegram.length).toBeLessThanOrEqual(4_096)
        expect(telegram.trim()).not.toBe('')
        expect(telegram.match(/&(?!amp;|lt;|gt;)/g)).toBeNull() // the entities that every version of its API knows
        expect(telegram.match(/<(?!\/?b>|a href="[^"<>]*">|\/a>)/g)).toBeNull()
      }),
      { numRuns: 100 },
    )
  })

  test('ntfy takes 4,096 bytes of message in 8,192 bytes of JSON', () => {
    fc.assert(
      fc.property(briefs, (brief) => {
        const { message, ...rest } = renderNtfy(brief)
        expect(bytesOf(message)).toBeLessThanOrEqual(4_096)
        const topic = 'x'.repeat(64)
        expect(bytesOf(JSON.stringify({ topic, message, ...rest }))).toBeLessThanOrEqual(8_192)
        expect(rest.title.isWellFormed()).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  test('an alert of many topics names ten and counts the others', () => {
    const topics = Array.from({ length: 40 }, (_, index) => ({
      topic: { topicId: `t${index}`, name: `Topic ${index}`, weight: 1 },
      count: 9,
      usual: 2,
    }))
    const edition = { ...composeEdition(material([])), alert: { kind: 'spike' as const, hours: 3, topics } }
    const { lines } = briefOf(edition)
    expect(lines).toHaveLength(11)
    expect(lines.at(-1)).toBe('and 30 more')
  })
})

describe('a hostile title', () => {
  const titles = [
    '<!channel> & <https://evil.example|Click>',
    '</a><b>bold</b> &amp;',
    '[x](https://evil.example) *a* _b_ `c`',
    '@channel @here: read',
    '" onclick="x',
  ]

  test.each(titles)('%s calls nobody and links nowhere on Slack', (title) => {
    const message = renderSlack(withTitle(title))
    expect(message.match(/<[^>]*>/g)).toEqual([expect.stringMatching(/^<https:\/\/daily\.example\/1\|/)])
    const label = /\|(.*)>/.exec(message)?.[1] ?? ''
    expect(label.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')).toBe(title)
  })

  test.each(titles)('%s is the text of one link on Telegram', (title) => {
    const { childNodes } = parseFragment(renderTelegram(withTitle(title)))
    const links = childNodes.filter((node) => node.nodeName === 'a')
    expect(childNodes.map(({ nodeName }) => nodeName)).toEqual(['b', '#text', 'a'])
    const [text] = links.flatMap((link) => ('childNodes' in link ? link.childNodes : []))
    expect(text && 'value' in text ? text.value : '').toBe(title)
  })

  test.each(titles)('%s is the text of one link on Mattermost, and calls no channel', (title) => {
    const message = renderMattermost(withTitle(title))
    expect(message).not.toMatch(/@(?:channel|here|all)/)
    const tokens = new MarkdownIt({ linkify: true })
      .parse(message, {})
      .flatMap(({ children }) => children ?? [])
    const hrefs = tokens.filter(({ type }) => type === 'link_open').map((token) => token.attrGet('href'))
    expect(hrefs).toEqual(['https://daily.example/1'])
    const text = tokens
      .map(({ content }) => content)
      .join('')
      .replaceAll('\u2060', '')
    expect(text).toContain(title)
  })

  test('whatever it is, no service gets a line or a link more', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const title = text.replace(/\s+/g, ' ')
        const message = renderTelegram(withTitle(title))
        expect(message.match(/<a /g)).toHaveLength(1)
        expect(renderSlack(withTitle(title)).match(/<[^>]*>/g)).toHaveLength(1)
      }),
    )
  })

  test('an address with marks of the service in it stays one address', () => {
    const url = 'https://daily.example/a|b"c\'d&e'
    expect(renderSlack(withTitle('t', url))).toContain('<https://daily.example/a%7Cb"c\'d&amp;e|t>')
    expect(renderTelegram(withTitle('t', url))).toContain('href="https://daily.example/a|b%22c%27d&amp;e"')
  })
})
