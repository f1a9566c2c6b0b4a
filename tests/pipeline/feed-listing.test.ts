// What the successive listings of a feed say of entries that were taken out, and what they do not say.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeListing, type ListedEntry } from '../../src/pipeline/feed-listing.ts'

/** `d c b`: an entry a letter, dated by the alphabet; `3` for an entry whose date is that of c. Capitals have no date. */
const entries = (letters: string): readonly ListedEntry[] =>
  letters.split(' ').flatMap((key) => {
    if (key === '') return []
    return key < 'a' ? [{ key }] : [{ key, at: key.charCodeAt(0) }]
  })

/** Every listing in turn, each judged against the one before; the keys withdrawn by the last. */
function withdrawnAfter(...listings: readonly string[]): readonly string[] {
  let listing: readonly ListedEntry[] = []
  let withdrawn: readonly string[] = []
  for (const letters of listings) ({ listing, withdrawn } = judgeListing(listing, entries(letters)))
  return withdrawn
}

describe('an entry is withdrawn', () => {
  it.each([
    ['between two that stay', ['d c b a', 'd b a'], ['c']],
    ['also when newer ones came at once', ['d c b a', 'f e d b a'], ['c']],
    ['when it was the newest, once a newer one came', ['d c b a', 'c b a', 'e c b a'], ['d']],
    ['and stays so as long as older entries are listed', ['e d c b', 'e c b', 'g f e c'], ['d']],
    ['in a feed that lists the oldest first', ['a b c d', 'a c d'], ['b']],
    ['in a feed without dates, when nothing else changed', ['D C B A', 'D B A'], ['C']],
  ])('%s', (_, listings, withdrawn) => {
    expect(withdrawnAfter(...listings)).toEqual(withdrawn)
  })
})

describe('an entry is not withdrawn', () => {
  it.each([
    ['when newer ones push it out', ['d c b a', 'e d c b']],
    ['when the end of the feed is cut', ['e d c b a', 'e d c']],
    ['when the feed is empty for once', ['d c b a', '', 'd c b a']],
    ['when an older copy of the feed is answered, which lacks the newest', ['e d c b a', 'd c b a']],
    ['when it comes back', ['d c b a', 'd b a', 'd c b a']],
    ['when many are gone at once', ['h g f e d c b a', 'h e d b a']],
    ['when the feed is shuffled', ['d c b a', 'a d b']],
    ['when the feed goes by interest', ['b d a c', 'b a c']],
    ['when an old entry stays on top', ['a e d c b', 'a f e d c']],
    ['when it is moved to the top', ['d c b a', 'b d c a', 'b d c a']],
    ['when a feed without dates lists something new in its place', ['D C B A', 'E D C A']],
    ['when it is listed twice', ['d c b a', 'd c c b a']],
  ])('%s', (_, listings) => {
    expect(withdrawnAfter(...listings)).toEqual([])
  })

  it('when the feed was empty, and the next listing shows it again', () => {
    expect(judgeListing(entries('c b a'), [])).toEqual({ listing: entries('c b a'), withdrawn: [] })
  })

  const letters = 'zyxwvutsrqponmlkjihgfedcba'.split('')
  it('whatever a feed of fixed length publishes, and however often it is asked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 5 }), { maxLength: 12 }),
        fc.integer({ min: 2, max: 8 }),
        (steps, length) => {
          let published = length
          const listings = steps.map((step) => {
            published = Math.min(letters.length, published + step)
            return letters
              .slice(letters.length - published)
              .slice(0, length)
              .join(' ')
          })
          expect(withdrawnAfter(...listings)).toEqual([])
        },
      ),
    )
  })
})

describe('what is remembered of a feed', () => {
  it('stays bounded by what it lists, whatever it lists', () => {
    const listing = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 10 })
    fc.assert(
      fc.property(fc.array(listing, { maxLength: 8 }), (listings) => {
        let known: readonly ListedEntry[] = []
        for (const keys of listings) {
          const { listing: next, withdrawn } = judgeListing(known, entries(keys.join(' ')))
          expect(new Set(next.map(({ key }) => key)).size).toBe(next.length)
          for (const key of withdrawn) expect(keys).not.toContain(key)
          if (keys.length > 0) expect(next.length).toBeLessThanOrEqual(2 * keys.length)
          known = next
        }
      }),
    )
  })
})
