// Tells languages, and loads the statistics for it, some 130 MiB in memory, only when an entry comes that nobody says the language of.
import type { Job, JobOf } from '../model/job.ts'
import type { FetchOutcome } from '../model/outcome.ts'
import { detectLanguage, type LanguageDetector, loadLanguageDetector } from '../text/language.ts'

type IngestHandler = (job: JobOf<'ingest'>) => Promise<readonly Job[]>

export type LanguageDetection = {
  /** The language of a text, 'und' when unsure. */
  readonly detect: (text: string) => string
  /** The same handler, which first waits for the statistics if an entry of its outcome needs them. */
  readonly before: (handler: IngestHandler) => IngestHandler
}

/** Nothing is loaded yet. `load` is called once, when needed, also by several at once; `isTold` says whether the configuration tells the language of a feed. */
export function createLanguageDetection(
  isTold: (feedId: number) => boolean,
  load: () => Promise<LanguageDetector> = loadLanguageDetector,
): LanguageDetection {
  let detector: LanguageDetector | undefined
  let loading: Promise<void> | undefined
  async function loadOnce(): Promise<void> {
    detector = await load()
  }
  return {
    detect: (text) => detectLanguage(text, detector),
    before: (handler) => async (job) => {
      if (loading === undefined && lacksLanguage(job.outcome) && !isTold(job.feedId)) loading = loadOnce()
      if (loading !== undefined) await loading // also those that need none: outcomes are stored in the order in which they come
      return handler(job)
    },
  }
}

function lacksLanguage(outcome: FetchOutcome): boolean {
  if (outcome.kind !== 'fetched' || outcome.feed.language !== undefined) return false
  return outcome.feed.items.some(({ language }) => language === undefined)
}
