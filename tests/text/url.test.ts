import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { safeLink } from '../../src/text/safe-link.ts'
import { urlKey } from '../../src/text/url.ts'

const same = (a: string, b: string) => expect(urlKey(a)).toBe(urlKey(b))
const different = (a: string, b: string) => expect(urlKey(a)).not.toBe(urlKey(b))

describe('one page has one key', () => {
  test.each([
    [
      'HTTP://Example.COM:80/a',
      'https://example.com:443/a/',
      'scheme, host case, default port, trailing slash',
    ],
    ['https://example.com/a#comments', 'https://example.com/a', 'fragment'],
    ['https://example.com//a///b', 'https://example.com/a/b', 'doubled slashes'],
    ['https://example.com/?b=1&a=2', 'https://example.com?a=2&b=1', 'order of parameters'],
    ['https://example.com/?a=1&amp;utm_source=x&amp;b=2', 'https://example.com/?a=1&b=2', 'doubly escaped'],
    ['https://example.ir/خبر/۱', 'https://example.ir/%D8%AE%D8%A8%D8%B1/%db%b1', 'UTF-8 escapes'],
    ['https://example.com/caf%65%CC%81', 'https://example.com/caf%C3%A9', 'decomposed letters'],
    ['https://user:secret@example.com/a', 'https://example.com/a', 'credentials'],
    ['https://example.com./a', 'https://example.com/a', 'the root dot of a host'],
    ['https://m.example.co.uk/a', 'https://www.example.co.uk/a', 'mobile host'],
    ['https://www.gov.uk/a', 'https://gov.uk/a', 'www in front of a public suffix'],
    ['https://edition.cnn.com/a', 'https://cnn.com/a', 'edition host'],
    ['https://example.com/a/amp/', 'https://example.com/a', 'AMP folder'],
    ['https://example.com/news/amp/world-1', 'https://example.com/news/world-1', 'AMP folder inside'],
    ['https://example.com/a.amp', 'https://example.com/a', 'AMP ending'],
    ['https://example.com/a.amp.html', 'https://example.com/a.html', 'AMP file'],
    ['https://example.com/a?amp', 'https://example.com/a', 'AMP parameter without value'],
    ['https://example.com/a?view=amp', 'https://example.com/a', 'AMP as a value'],
    ['https://example.com/a/index.html', 'https://example.com/a/', 'index file'],
    [
      'https://amp.example.com/example/2026/a',
      'https://www.example.com/2026/a',
      'AMP host that repeats the site',
    ],
    ['https://example.com/a?from=RSS', 'https://example.com/a', 'feed name as a value'],
    ['https://example.com/a?ref=news24.example.com', 'https://example.com/a', 'ref naming a host'],
    ['https://example.com/a?ref=homepage', 'https://example.com/a', 'ref without digits'],
    ['https://www.forbes.com/a?sh=3f2a', 'https://www.forbes.com/a', 'share token of one site'],
    ['https://example.com/a?mod=rss_world', 'https://example.com/a', 'mod with a name'],
    ['https://www.theguardian.com/a?CMP=share', 'https://www.theguardian.com/a', 'CMP'],
    [
      'https://www.google.com/url?sa=t&q=https%3A%2F%2Fexample.com%2Fa',
      'https://example.com/a',
      'search redirect',
    ],
    [
      'https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com%2Fa%3Ffbclid%3D1&h=A',
      'https://example.com/a',
      'l.php',
    ],
    ['https://out.reddit.com/t3_1?url=https%3A%2F%2Fexample.com%2Fa', 'https://example.com/a', 'out.reddit'],
    ['https://example-com.cdn.ampproject.org/v/s/example.com/a?usqp=1', 'https://example.com/a', 'AMP cache'],
    ['https://cdn.ampproject.org/v/s/example.com/a?amp_js_v=0.1', 'https://example.com/a', 'AMP viewer'],
  ])('%s = %s: %s', (a, b) => same(a, b))
})

describe('different pages keep different keys', () => {
  test.each([
    ['https://example.com/?p=1', 'https://example.com/?p=2'],
    ['https://example.com/a?lang=ar', 'https://example.com/a?lang=en'],
    ['https://example.com/a?mod=1', 'https://example.com/a?mod=2'],
    ['https://example.com/a?ref=1', 'https://example.com/a?ref=2'],
    ['https://example.com/a?sh=1', 'https://example.com/a?sh=2'],
    ['https://example.com/Story', 'https://example.com/story'],
    ['https://ar.example.com/1', 'https://fa.example.com/1'],
    ['https://example.com/#!/1', 'https://example.com/#!/2'],
    ['https://example.com:8080/a', 'https://example.com/a'],
    ['https://example.com/a%2Fb', 'https://example.com/a/b'],
    ['https://example.com/amp', 'https://example.com/'],
    ['https://example.com/ampere', 'https://example.com/ere'],
    ['https://m.com/a', 'https://com/a'],
    ['https://example.com/?t=%C8%C7', 'https://example.com/?t=%C8%C8'],
    ['https://news.google.com/rss/articles/CBMi1?oc=5', 'https://news.google.com/rss/articles/CBMi2?oc=5'],
    ['https://example.com/a?b=1&b=2', 'https://example.com/a?b=2&b=1'],
  ])('%s is not %s', (a, b) => different(a, b))
})

test('what is no http(s) URL has no key', () => {
  for (const url of [
    '',
    'mailto:a@example.com',
    'javascript:alert(1)',
    '/a',
    'http://',
    'tag:example.com,2026:1',
  ]) {
    expect(urlKey(url)).toBeUndefined()
  }
})

test('a wrapper around a wrapper is opened, an endless one is not followed for ever', () => {
  const wrap = (url: string) => `https://www.google.com/url?q=${encodeURIComponent(url)}`
  same(wrap(wrap('https://example.com/a')), 'https://example.com/a')
  expect(urlKey(wrap(wrap(wrap(wrap('https://example.com/a')))))).toMatch(/^google\.com\/url/)
  expect(urlKey(wrap('javascript:alert(1)'))).toMatch(/^google\.com\/url/)
})

const path = fc.webPath({ size: 'small' })
const query = fc.webQueryParameters({ size: 'small' })

test('the key of any URL is stable: the shown link, and the page asked for in another way, have the same key', () => {
  fc.assert(
    fc.property(fc.domain(), path, query, (host, somePath, someQuery) => {
      const url = `http://${host}${somePath}?${someQuery}`
      const key = urlKey(url)
      expect(urlKey(safeLink(url) ?? '')).toBe(key)
      expect(urlKey(`https://www.${host}${somePath}?${someQuery}&utm_medium=feed#x`)).toBe(key)
    }),
  )
})

test('any text gives a key or none, never an error', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void urlKey(`https://example.com/${text}`)))
})
