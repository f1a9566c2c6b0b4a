// The scheduler process: decides what is due and enqueues it; run one.
import { startWorker } from '../src/app/start.ts'

await startWorker('scheduler')
