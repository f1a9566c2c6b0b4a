// The fetch process: polls feeds; run as many as you like, anywhere: it needs Redis and the web, never the database.
import { startWorker } from '../src/app/worker.ts'

process.exitCode = await startWorker('fetch')
