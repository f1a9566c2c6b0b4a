import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBody } from '../../src/fetch/decode.ts'

const bytesMax = 1_000_000
const arabic = '<rss><title>مظاهرات في بغداد</title></rss>'
/** "مظاهرات" in windows-1256. */
const arabic1256 = Buffer.concat([
  Buffer.from('<t>'),
  Buffer.from([0xe3, 0xd9, 0xc7, 0xe5, 0xd1, 0xc7, 0xca]),
  Buffer.from('</t>'),
])

function textOf(bytes: Uint8Array, options: { contentType?: string; fallbackCharset?: string } = {}): string {
  const body = decodeBody(bytes, { bytesMax, ...options })
  return body.ok ? body.text : `${body.reason}: ${body.detail}`
}

function utf32(text: string, littleEndian: boolean): Buffer {
  const points = [...text].map((c) => c.codePointAt(0) ?? 0)
  const view = new DataView(new ArrayBuffer(points.length * 4))
  for (const [index, point] of points.entries()) view.setUint32(index * 4, point, littleEndian)
  return Buffer.from(view.buffer)
}

describe('decoding a body', () => {
  it('reads valid UTF-8 whatever the labels say', () => {
    expect(textOf(Buffer.from(arabic), { contentType: 'text/xml; charset=iso-8859-1' })).toBe(arabic)
  })
  it('reads UTF-16 and UTF-32 by their byte order mark or their zero bytes', () => {
    const little = Buffer.from(arabic, 'utf16le')
    const big = Buffer.from(little).swap16()
    const bodies = [
      Buffer.concat([Buffer.from([0xff, 0xfe]), little]),
      Buffer.concat([Buffer.from([0xfe, 0xff]), big]),
      little,
      big,
      utf32(arabic, true),
      utf32(`\ufeff${arabic}`, false),
    ]
    expect(bodies.map((body) => textOf(body))).toEqual(bodies.map(() => arabic))
  })
  it('takes the byte order mark of UTF-8 away', () => {
    expect(textOf(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(arabic)]))).toBe(arabic)
  })
  it('believes the header before the XML declaration', () => {
    const body = Buffer.concat([Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?>'), arabic1256])
    expect(textOf(body, { contentType: 'text/xml; charset="windows-1256"' })).toContain('مظاهرات')
  })
  it('believes the XML declaration before the fallback', () => {
    const body = Buffer.concat([Buffer.from("<?xml version='1.0' encoding='windows-1256'?>"), arabic1256])
    expect(textOf(body, { fallbackCharset: 'koi8-r' })).toContain('مظاهرات')
  })
  it('uses the fallback of a feed that declares nothing', () => {
    expect(textOf(arabic1256, { fallbackCharset: 'windows-1256' })).toContain('مظاهرات')
  })
  it.each(['cp1256', 'win-1256', 'cp_1256', 'ANSI-1256'])('knows windows-1256 by the name of %s', (label) => {
    expect(textOf(arabic1256, { contentType: `text/xml; charset=${label}` })).toContain('مظاهرات')
  })
  it('reads what calls itself Latin-1 as windows-1252, curly quotes and euro sign included', () => {
    const body = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?>'),
      Buffer.from([0x93, 0x80, 0xe9, 0x94]),
    ])
    expect(textOf(body)).toContain('“€é”')
  })
  it('keeps UTF-8 with a few broken bytes as UTF-8, although it is declared so wrongly', () => {
    const body = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="utf-8"?>سلام سلام'),
      Buffer.from([0xc3]),
    ])
    expect(textOf(body)).toBe('<?xml version="1.0" encoding="utf-8"?>سلام سلام\ufffd')
  })
  it('falls back to windows-1252 when UTF-8 would damage more than it reads', () => {
    expect(textOf(Buffer.from([0x3c, 0x61, 0x3e, 0xe9, 0x20, 0xe8]))).toBe('<a>é è')
  })
  it('passes over a charset that nobody knows', () => {
    expect(textOf(Buffer.from([0x3c, 0xe9]), { contentType: 'text/xml; charset=klingon' })).toBe('<é')
  })
  it('reads ISO-2022-JP, which looks like ASCII', () => {
    const body = Buffer.concat([
      Buffer.from('<t>'),
      Buffer.from([0x1b, 0x24, 0x42, 0x46, 0x7c, 0x1b, 0x28, 0x42]),
      Buffer.from('</t>'),
    ])
    expect(textOf(body, { contentType: 'text/xml; charset=iso-2022-jp' })).toBe('<t>日</t>')
  })
  it('repairs UTF-8 that was encoded twice', () => {
    const twice = Buffer.from(Buffer.from(arabic).toString('latin1'))
    expect(textOf(twice)).toBe(arabic)
  })
  it('leaves correct text alone, even beside an odd pair of letters', () => {
    const text = '<t>سلام Ã© Ã©</t>'
    expect(textOf(Buffer.from(text))).toBe(text)
  })
  it('gunzips by the first bytes, twice at most', () => {
    expect(textOf(gzipSync(arabic))).toBe(arabic)
    expect(textOf(gzipSync(gzipSync(arabic)))).toBe(arabic)
  })
  it('refuses a gzip that grows beyond the limit, and one that is broken', () => {
    const bomb = gzipSync(Buffer.alloc(bytesMax * 4))
    expect(textOf(bomb)).toMatch(/^too-large: /)
    expect(textOf(gzipSync(arabic).subarray(0, 30))).toMatch(/^bad-encoding: /)
  })
  it('refuses what is too large or empty', () => {
    expect(textOf(Buffer.alloc(bytesMax + 1, 0x20))).toMatch(/^too-large: /)
    expect(textOf(new Uint8Array())).toMatch(/^empty-body: /)
    expect(textOf(Buffer.from(' \n'))).toMatch(/^empty-body: /)
  })
  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (bytes, contentType) => {
        expect(typeof decodeBody(bytes, { bytesMax, contentType, fallbackCharset: contentType }).ok).toBe(
          'boolean',
        )
      }),
    )
  })
  it('reads back every text that was written as UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        expect(textOf(Buffer.from(`<س>${text}`))).toBe(`<س>${text}`)
      }),
    )
  })
})
