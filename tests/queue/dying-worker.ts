// A worker process that takes a job and never ends it, so that a test can kill it in the middle: `node dying-worker.ts URL PREFIX`.
import { createBullRunner } from '../../src/queue/index.ts'

const [redisUrl = '', prefix = ''] = process.argv.slice(2)
await createBullRunner({
  redisUrl,
  prefix,
  lockMs: 1_000,
  stalledCheckMs: 500,
  handlers: {
    fetch: () => {
      process.stdout.write('started\n')
      return new Promise(() => undefined)
    },
  },
})
