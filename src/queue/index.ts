// The door of the queue: two runners for one contract. The embedded one needs no server, the other carries jobs over Redis.
export { type BullOptions, type BullRunner, createBullRunner } from './bullmq.ts'
export { createEmbeddedRunner, type EmbeddedOptions } from './embedded.ts'
export { type KeptJobs, openKeptJobs } from './kept-jobs.ts'
export { probeRedis } from './probe-redis.ts'
export { QueueError, type QueueErrorCode } from './queue-error.ts'
export type { Concurrency, Depths, Handler, Handlers, JobEvent, Runner } from './runner.ts'
export type { Trouble } from './trouble.ts'
