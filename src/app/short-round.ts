// Lets V8 optimise late and collect little in a round that brings little: compiling what runs for a second takes a quarter of all its CPU time.
import { setFlagsFromString } from 'node:v8'
import { growthPercent } from './small-heap.ts'

// After so many calls a function is compiled by the quick optimiser, and by the thorough one. What stands first is as V8 and
// `keepHeapSmall` have it.
// Collecting what a small round leaves takes a few milliseconds at a time: waking four threads for it costs more than they take off.
const usual = [
  '--invocation-count-for-maglev=400',
  '--invocation-count-for-turbofan=3000',
  '--parallel-scavenge',
  `--heap-growing-percent=${growthPercent}`,
]
const patient = [
  '--invocation-count-for-maglev=4000',
  '--invocation-count-for-turbofan=30000',
  '--no-parallel-scavenge',
]

// What stays alive is 16 MiB at the start of a small round and 25 at its end: where half of that may come before it is marked again, it
// is marked four times on the way, each time for some 40 ms of all threads together.
// What is loaded at once may take more room, too, instead of being copied to the old objects.
const roomyGrowth = ['--heap-growing-percent=200', '--semi-space-growth-factor=2']

/**
 * After so many entries the process does as one that runs on. A first round of 50,000 took 0.94 of the CPU time that it takes with 4,000: what
 * is called once an entry is compiled for no more calls than are left.
 */
const entriesMax = 24_000

/**
 * For a process that ends with one round; call it at its start, after `keepHeapSmall` and before anything is loaded that will be called
 * often. The first round of a desk is rarely short, and a heap that grew stays large: with `isFirst` it gets no more room.
 */
export function expectShortRound(isFirst = false): void {
  for (const flag of patient) setFlagsFromString(flag)
  if (!isFirst) for (const flag of roomyGrowth) setFlagsFromString(flag)
}

/** Returns the function to tell how many entries each outcome brought: after tens of thousands, V8 does as ever. */
export function watchForLongRound(): (entries: number) => void {
  let left = entriesMax
  return (entries) => {
    if (left <= 0) return
    left -= entries
    if (left <= 0) for (const flag of usual) setFlagsFromString(flag)
  }
}
