// The scheduler process: decides what is due and enqueues it; run one.
import { startWorker } from '../src/app/worker.ts'

process.exitCode = await startWorker('scheduler')
