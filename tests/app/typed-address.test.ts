import { describe, expect, test } from 'vitest'
import { typedAddress } from '../../src/app/typed-address.ts'

describe('an address', () => {
  test.each([
    ['https://example.org/feed', 'https://example.org/feed'],
    [' example.org ', 'example.org'],
    ['localhost:8080/rss', 'localhost:8080/rss'],
    ['feed://example.org/rss', 'https://example.org/rss'],
    ['feed:http://example.org/rss', 'http://example.org/rss'],
    ['FEED:HTTPS://example.org/rss', 'HTTPS://example.org/rss'],
  ])('%j is asked as %j', (typed, asked) => {
    expect(typedAddress(typed)).toBe(asked)
  })

  test.each([
    ['', 'the address is empty'],
    ['ftp://example.org/feed', 'ftp addresses cannot be fetched; only http and https'],
    ['file:///etc/passwd', 'file addresses cannot be fetched; only http and https'],
    ['feed:ftp://example.org', 'ftp addresses cannot be fetched'],
  ])('%j is refused', (typed, message) => {
    expect(() => typedAddress(typed)).toThrow(message)
  })
})
