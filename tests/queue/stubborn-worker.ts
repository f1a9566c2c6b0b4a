// A worker process that takes a job and never ends it; SIGTERM asks it to stop. `node stubborn-worker.ts URL`.
import { createBullRunner } from '../../src/queue/index.ts'

const runner = await createBullRunner({
  redisUrl: process.argv[2] ?? '',
  lockMs: 1_000,
  stalledCheckMs: 500,
  handlers: {
    fetch: () => {
      process.stdout.write('started\n')
      return new Promise(() => undefined)
    },
  },
})
process.once('SIGTERM', () => void runner.stop(500))
