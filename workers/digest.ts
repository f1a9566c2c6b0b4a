// The digest process: composes editions and delivers them; run one, beside the database.
import { startWorker } from '../src/app/worker.ts'

process.exitCode = await startWorker('digest')
