// A round that brings little: what stays alive is marked less often on the way to its end.
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

/** Lets 120 MiB stay alive bit by bit, with as much garbage beside it, and prints how often V8 marked all that is alive. */
function marksAfter(before: string): number {
  const script = `
    import { constants, PerformanceObserver } from 'node:perf_hooks'
    import { expectShortRound, watchForLongRound } from './src/app/short-round.ts'
    import { keepHeapSmall } from './src/app/small-heap.ts'
    keepHeapSmall()
    ${before}
    let marks = 0
    const major = constants.NODE_PERFORMANCE_GC_MAJOR
    const observer = new PerformanceObserver((list) => {
      marks += list.getEntries().filter(({ detail }) => detail.kind === major).length
    })
    observer.observe({ entryTypes: ['gc'] })
    const kept = []
    for (let round = 0; round < 400; round++) {
      for (let n = 0; n < 3_000; n++) kept.push({ n, text: 'report ' + n + ' of ' + round })
      await new Promise(setImmediate)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
    console.log(marks)
  `
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return Number(stdout)
}

test('a short round marks what is alive less often, until it turns out long', () => {
  const usual = marksAfter('')
  const short = marksAfter('expectShortRound()')
  const long = marksAfter('expectShortRound(); watchForLongRound()(24_000)')
  expect(short).toBeLessThan(usual)
  expect(short).toBeLessThan(long)
})
