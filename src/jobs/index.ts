// The door to the jobs, and the table of contents of the system: fetch, ingest, digest, deliver; plan decides which are due.
export { createDeliverHandler, type DeliverDeps } from './deliver.ts'
export { type Desk, topicsOf } from './desk.ts'
export { createDigestHandler, type DigestDeps, issueEdition, previewEdition } from './digest.ts'
export { createEcho, type Echo } from './echo.ts'
export { createFetchHandler, type FetchDeps } from './fetch.ts'
export { createIngestHandler, type IngestDeps, type Ingested } from './ingest.ts'
export { deliveryJobs, fetchJobs, plan } from './plan.ts'
