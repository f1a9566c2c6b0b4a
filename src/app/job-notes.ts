// What each job did, noted while it runs, so that its one event tells the whole of it.
import type { Ingested } from '../jobs/index.ts'
import type { Job, JobName, JobOf } from '../model/job.ts'
import { countEntries } from '../pipeline/feed-entries.ts'
import type { Handler, Handlers, JobEvent } from '../queue/index.ts'
import { type Store, shownFeedUrl } from '../store/index.ts'
import { ingestedFields } from './events.ts'
import { printable } from './terminal.ts'

/** Fields of a log line. */
export type Fields = Readonly<Record<string, unknown>>

export type JobNotes = {
  /** The same handlers; whatever they do is noted. */
  readonly taking: (handlers: Handlers) => Handlers
  /** Notes what became of a feed's entries. */
  readonly onIngested: (event: Ingested) => void
  /** What was noted of the job that ended; forgotten with the answer. */
  readonly of: (event: Pick<JobEvent, 'job' | 'id'>) => Fields
}

type Note<N extends JobName> = (job: JobOf<N>, followUps: readonly Job[]) => Fields

/** How the attempt at one feed ended, as the ingest job that follows carries it. */
function fetchFields(_: JobOf<'fetch'>, [next]: readonly Job[]): Fields {
  if (next?.name !== 'ingest') return {}
  const { outcome, feedId } = next
  return {
    feed: feedId,
    url: shownFeedUrl(outcome.url),
    outcome: outcome.kind,
    ...(outcome.kind === 'failed' ? { reason: outcome.reason, detail: outcome.detail } : {}),
    ...(outcome.kind === 'fetched' ? { items: countEntries(outcome.feed) } : {}),
  }
}

/** No recipient: an address is nobody's business but the outbox'. */
function deliverFields({ deliveries }: Store, { deliveryId }: JobOf<'deliver'>): Fields {
  const row = deliveries.find(deliveryId)
  if (row === undefined) return {}
  const { digestId, number, channel, state, attempts, detail } = row
  const why = state === 'sent' || detail === undefined ? {} : { detail: printable(detail) }
  return { digest: digestId, number, channel: channel.kind, outcome: state, attempts, ...why }
}

/** `store` is absent in a process without a database. */
export function createJobNotes(store?: Store): JobNotes {
  const notes = new Map<string, Fields>()
  const ingested = new Map<number, Fields>()
  function noting<N extends JobName>(handler: Handler<N> | undefined, note: Note<N>): Handler<N> | undefined {
    return (
      handler &&
      (async (job) => {
        const followUps = await handler(job)
        notes.set(`${job.name} ${job.id}`, note(job, followUps))
        return followUps
      })
    )
  }
  function takeIngested({ feedId }: JobOf<'ingest'>): Fields {
    const fields = ingested.get(feedId) ?? { feed: feedId }
    ingested.delete(feedId)
    return fields
  }
  const noteDigest: Note<'digest'> = ({ digestId, until }) => ({ digest: digestId, until })
  return {
    taking: ({ fetch, ingest, digest, deliver }) =>
      withoutAbsent({
        fetch: noting(fetch, fetchFields),
        ingest: noting(ingest, takeIngested),
        digest: noting(digest, noteDigest),
        deliver: noting(deliver, (job) => (store === undefined ? {} : deliverFields(store, job))),
      }),
    onIngested: (event) => void ingested.set(event.feedId, { ...ingestedFields(event) }),
    of: ({ job, id }) => {
      const fields = notes.get(`${job} ${id}`) ?? {}
      notes.delete(`${job} ${id}`)
      return fields
    },
  }
}

/** A runner asks of a process only the jobs that it has a handler for. */
function withoutAbsent(handlers: { readonly [N in JobName]: Handler<N> | undefined }): Handlers {
  const { fetch, ingest, digest, deliver } = handlers
  return {
    ...(fetch && { fetch }),
    ...(ingest && { ingest }),
    ...(digest && { digest }),
    ...(deliver && { deliver }),
  }
}
