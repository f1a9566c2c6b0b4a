// The numbers of one process as Prometheus reads them. Loaded only when somebody listens: prom-client takes a tenth of a second.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Observers } from './start.ts'
import { version } from './version.ts'

/** Tell it every event; `text` writes all numbers in the format of `contentType`. */
export type Metrics = Required<Omit<Observers, 'onProblem'>> & {
  readonly registry: Registry
  readonly contentType: string
  readonly text: () => Promise<string>
}

const fetchSeconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const jobSeconds = [0.001, 0.005, 0.025, 0.1, 0.5, 1, 5, 30]
const lagSeconds = [0.01, 0.1, 0.5, 1, 5, 30, 120, 600]

function createJobMetrics(registers: [Registry]): Pick<Metrics, 'onJob' | 'onTrouble'> {
  const jobs = new Counter({
    name: 'presslark_jobs_total',
    help: 'Jobs that ended: done, or failed by a mistake of ours or of the machine.',
    labelNames: ['job', 'outcome'],
    registers,
  })
  const seconds = new Histogram({
    name: 'presslark_job_duration_seconds',
    help: 'How long jobs ran.',
    labelNames: ['job'],
    buckets: jobSeconds,
    registers,
  })
  const troubles = new Counter({
    name: 'presslark_troubles_total',
    help: 'Troubles that belong to no single job, such as a Redis that is away; at most one a minute is told.',
    labelNames: ['from'],
    registers,
  })
  return {
    onJob: ({ job, outcome, durationMs }) => {
      jobs.inc({ job, outcome })
      seconds.observe({ job }, durationMs / 1000)
    },
    onTrouble: ({ from, suppressed }) => troubles.inc({ from }, suppressed + 1),
  }
}

function createFetchMetrics(registers: [Registry]): Pick<Metrics, 'onIngested'> {
  const fetches = new Counter({
    name: 'presslark_fetches_total',
    help: 'Fetches that were written down, by how they ended; a reason is given for those that failed.',
    labelNames: ['outcome', 'reason'],
    registers,
  })
  const seconds = new Histogram({
    name: 'presslark_fetch_duration_seconds',
    help: 'How long publishers took to answer.',
    buckets: fetchSeconds,
    registers,
  })
  const lag = new Histogram({
    name: 'presslark_ingest_lag_seconds',
    help: 'From the end of a fetch until what it brought is stored.',
    buckets: lagSeconds,
    registers,
  })
  const entries = new Counter({
    name: 'presslark_entries_total',
    help: 'Entries of feeds, by what became of them. An entry that was known and unchanged is in none but read.',
    labelNames: ['as'],
    registers,
  })
  const matches = new Counter({
    name: 'presslark_matches_total',
    help: 'Topics found in articles.',
    registers,
  })
  return {
    onIngested: ({ outcome, counts, matches: found, lagMs }) => {
      fetches.inc({ outcome: outcome.kind, reason: outcome.kind === 'failed' ? outcome.reason : '' })
      seconds.observe(outcome.durationMs / 1000)
      lag.observe(lagMs / 1000)
      entries.inc({ as: 'read' }, counts.items)
      entries.inc({ as: 'new' }, counts.new)
      entries.inc({ as: 'duplicate' }, counts.duplicates)
      entries.inc({ as: 'revision' }, counts.revisions)
      entries.inc({ as: 'skipped' }, counts.skipped)
      matches.inc(found)
    },
  }
}

/** `name` is what the process does: run, scheduler, fetch, ingest or digest. */
export function createMetrics(name: string): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry }) // memory, CPU, event-loop delay, garbage collection
  new Gauge({
    name: 'presslark_info',
    help: 'Always 1; says which program this is.',
    labelNames: ['worker', 'version'],
    registers: [registry],
  }).set({ worker: name, version: version() }, 1)
  return {
    registry,
    contentType: registry.contentType,
    text: () => registry.metrics(),
    ...createJobMetrics([registry]),
    ...createFetchMetrics([registry]),
  }
}
