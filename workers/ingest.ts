// The ingest process: writes what was fetched; run one, beside the database.
import { startWorker } from '../src/app/worker.ts'

process.exitCode = await startWorker('ingest')
