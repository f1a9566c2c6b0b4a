// The heap of a process that stores news: its new objects take no more room than it was given.
import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

/** Makes short-lived objects, a turn of the event loop now and then, and prints how many MiB V8 gave to new objects. */
function newObjectsMiB(before: string): number {
  const script = `
    import { getHeapSpaceStatistics } from 'node:v8'
    import { keepHeapSmall } from './src/app/small-heap.ts'
    ${before}
    let kept = []
    for (let round = 0; round < 150; round++) {
      for (let n = 0; n < 10_000; n++) kept.push({ n, text: 'report ' + n })
      if (round % 6 === 5) kept = []
      await new Promise(setImmediate)
    }
    console.log(getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size / 2 ** 20)
  `
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return Number(stdout)
}

it('new objects take 16 MiB, where V8 would give them more', () => {
  expect(newObjectsMiB('')).toBeGreaterThan(32)
  expect(newObjectsMiB('keepHeapSmall()')).toBeLessThanOrEqual(16)
})
