import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashUnits, joinHash, suffixHash } from '../../src/text/word-hash.ts'

const units = fc.uint16Array({ maxLength: 200 })

function hashOf(word: Uint16Array): number {
  return hashUnits(word, 0, word.length)
}

test('the hash of a suffix follows from the whole and the prefix, and the whole from both, at any length', () => {
  fc.assert(
    fc.property(units, units, (prefix, suffix) => {
      const whole = hashOf(Uint16Array.from([...prefix, ...suffix]))
      expect(suffixHash(whole, hashOf(prefix), suffix.length)).toBe(hashOf(suffix))
      expect(joinHash(hashOf(prefix), hashOf(suffix), suffix.length)).toBe(whole)
    }),
  )
})
