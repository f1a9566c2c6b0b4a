// A few hundred inputs for each target of `npm run soak -- fuzz`, different ones at every run.
import { describe, expect, test } from 'vitest'
import { fuzz } from './fuzz.ts'
import { fuzzTargets } from './fuzz-targets.ts'

describe('whatever it is fed,', () => {
  test.each(fuzzTargets())(
    '$name throws nothing, takes no second, and keeps its promises',
    async (target) => {
      const seed = Date.now() % 1_000_000
      const { complaint } = await fuzz(target, 40 * Math.ceil(target.share / 4), seed)
      expect(complaint).toBeUndefined()
    },
    60_000,
  )
})
