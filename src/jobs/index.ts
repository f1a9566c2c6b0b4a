// The door to the jobs, and the table of contents of the system: fetch, ingest, digest, deliver; plan decides which are due.

export { afterDeaths, afterLastDeath } from './abandoned.ts'
export { type Rehearsed, rehearseAlert } from './alert-rehearsal.ts'
export { type Backfilled, backfill } from './backfill.ts'
export {
  type Decider,
  mergeStories,
  pinArticles,
  type StoryChangeOutcome,
  splitStory,
  undoStoryChange,
} from './change-stories.ts'
export type { Ingested } from './close-fetch.ts'
export { createDeliverHandler } from './deliver.ts'
export type { Desk } from './desk.ts'
export { type DigestDeps, type Issue, issueEdition, previewEdition } from './digest.ts'
export { createDigestHandler } from './digest-handler.ts'
export { createEcho, type Echo } from './echo.ts'
export { createEchoApart, type EchoApart, type Judged } from './echo-apart.ts'
export type { Listening } from './echo-indexes.ts'
export { createFetchHandler, type FetchDeps } from './fetch.ts'
export { createIngestHandler } from './ingest.ts'
export { createLanguageLinker, type LanguageLinker } from './link-languages.ts'
export { feedOfDigest, feedOfTopic } from './outgoing-feeds.ts'
export { fetchJobs, plan } from './plan.ts'
export { type Reclustered, type ReclusterWork, recluster, reclusterFrom } from './recluster.ts'
export { type RetagEnd, type Retagged, retagArchive } from './retag.ts'
export { answerQuestion, askHubs, pushJob, subscriptionOf, type WebsubDeps } from './websub.ts'
