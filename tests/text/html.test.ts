import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeHtmlAttribute, decodeXmlText, escapeHtml } from '../../src/text/entities.ts'
import { htmlToText } from '../../src/text/html.ts'
import { readHtml } from '../../src/text/html-read.ts'

const base = 'https://courier.example/news/'
/** What addresses are made of, plain and odd, as HTML writes it. */
const pieces = fc.constantFrom(
  ...[
    '/',
    '..',
    '.',
    'a',
    'B-c',
    '~x',
    '?',
    '#',
    'q=1',
    '&amp;',
    '%20',
    '%2e',
    ':',
    '@',
    'é',
    ' ',
    '&#39;',
    '//',
    'http:',
  ],
)

describe('HTML to text', () => {
  it('puts blocks and line breaks on lines of their own and keeps inline words together', () => {
    expect(
      htmlToText('<h1>Bridge</h1><p>The <b>new</b> bri<i>dge</i><br>is open.</p><ul><li>one<li>two</ul>'),
    ).toBe('Bridge\nThe new bridge\nis open.\none\ntwo')
  })
  it('parts the cells of a table', () => {
    expect(htmlToText('<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>')).toBe('a b\nc')
  })
  it('collapses white space, no-break spaces included', () => {
    expect(htmlToText(' a \n\t b&nbsp;&nbsp;c ')).toBe('a b c')
  })
  it('drops scripts, styles, comments and what they hold', () => {
    expect(
      htmlToText('a<script>if (x < y) "<p>"</SCRIPT>b<style>p{}</style>c<!-- <p>no</p> -->d<!-->e'),
    ).toBe('abcde')
  })
  it('decodes references as browsers do', () => {
    expect(htmlToText('AT&amp;T &copy 2026 &#147;x&#8221; &foo; &lt;b>')).toBe('AT&T © 2026 “x” &foo; <b>')
  })
  it('takes a lonely < for text', () => {
    expect(htmlToText('a < b <3 c')).toBe('a < b <3 c')
  })
  it('keeps the joiners of Persian words', () => {
    expect(htmlToText('<p>می‌شود</p>')).toBe('می‌شود')
  })
  it('reads hostile repetitions in linear time', () => {
    for (const piece of ['x<p', '<!--', '<a "', '<script>', '</', '<a href="x', '&lt', '<b>', '<a href=../>'])
      expect(htmlToText(piece.repeat(50_000)).length).toBeLessThanOrEqual(piece.length * 50_000)
  })
  it('never throws, and finds every word of an escaped text again', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof htmlToText(text) === 'string'))
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(htmlToText(escapeHtml(text))).toBe(text.replace(/\s+/g, ' ').trim())
      }),
    )
  })
})

describe('reading HTML', () => {
  it('makes addresses absolute and touches nothing else', () => {
    const html =
      '<A HREF="../a?x=1&amp;y=2" title="/no">x</A> <img alt=b src=i.png><a href="mailto:x@y">m</a>'
    expect(readHtml(html, base).html).toBe(
      '<A HREF="https://courier.example/a?x=1&amp;y=2" title="/no">x</A> <img alt=b src=https://courier.example/news/i.png><a href="mailto:x@y">m</a>',
    )
  })
  it('resolves as URL does, on the short path too', () => {
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 9 }), (parts) => {
        const address = parts.join('')
        const [, found = ''] = /href="([^"]*)"/.exec(readHtml(`<a href="${address}">`, base).html) ?? []
        const decoded = decodeHtmlAttribute(address)
        const isAbsolute = /^\s*[a-z][a-z0-9+.-]*:/i.test(decoded)
        const expected = isAbsolute ? decoded : (URL.parse(decoded, base)?.href ?? decoded)
        expect(decodeHtmlAttribute(found)).toBe(expected)
      }),
    )
  })
  it('finds the first image', () => {
    expect(readHtml('<p><img src=""><img src="a.png"><img src="b.png">', base).image).toBe(
      'https://courier.example/news/a.png',
    )
  })
})

describe('the references of XML', () => {
  it('need their semicolon, so that addresses survive', () => {
    expect(decodeXmlText('?x=1&copy=2&reg=3&amp;y=4')).toBe('?x=1&copy=2&reg=3&y=4')
  })
  it('know the names of HTML and the numbers of windows-1252', () => {
    expect(decodeXmlText('&zeta; &AMP; &#151; &#x201C; &unknown; &amp;lt;')).toBe('ζ & — “ &unknown; &lt;')
  })
})
