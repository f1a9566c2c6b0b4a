// Addresses in a Link header, as servers really write them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkedAddress } from '../../src/text/link-header.ts'

describe('the address of a relation', () => {
  it.each([
    ['<https://hub.example/>; rel="hub"', 'https://hub.example/'],
    ['<https://hub.example/>; rel=hub', 'https://hub.example/'],
    [
      '<https://a.example/f>; rel="self", <https://hub.example/?a=1,2>; rel="hub"',
      'https://hub.example/?a=1,2',
    ],
    ['<https://hub.example/>; title="a, b; c"; REL="next HUB"', 'https://hub.example/'],
    ['<https://one.example/>; rel=hub, <https://two.example/>; rel=hub', 'https://one.example/'],
    ['</hub>;rel=hub', '/hub'],
    ['<https://a.example/>; rel="hubs"', undefined],
    ['<>; rel=hub', undefined],
    ['https://hub.example/; rel=hub', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('in %s is %s', (header, address) => {
    expect(linkedAddress(header, 'hub')).toBe(address)
  })

  it('is found or not in any text, without an error', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', ';', ',', '"', '=', ' ', 'rel', 'hub', 'a') }),
        (text) => {
          expect(['string', 'undefined']).toContain(typeof linkedAddress(text, 'hub'))
        },
      ),
    )
  })

  it('is looked for in linear time', () => {
    const hostile = `<a${'; x="'.repeat(3_000)}`
    expect(linkedAddress(hostile, 'hub')).toBeUndefined()
  })
})
