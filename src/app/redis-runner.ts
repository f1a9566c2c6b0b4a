// The runner over Redis, in a file of its own: what it needs is loaded only by desks that have a Redis.
export { createBullRunner } from '../queue/index.ts'
