// Both runners side by side: what carrying a job costs, and whole desks of 1, 2 and 4 fetch processes over Redis beside the one process.
// JOBS=2000 FEEDS=200 ITEMS=50 node bench/runners.ts. Rounds alternate; the figures are medians. JOBS=0 or FEEDS=0 leaves one half out.
import { timeQueues } from './queue-cost.ts'
import { timeStacks } from './stacks.ts'

const jobs = Number(process.env['JOBS'] ?? 2_000)
if (jobs > 0) await timeQueues(jobs)
if (process.env['FEEDS'] !== '0') await timeStacks()
