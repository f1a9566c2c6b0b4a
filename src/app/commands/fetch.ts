// presslark fetch: polls feeds now, politely all the same: conditional, and not while their host asks us to wait.
import { fetchJobs } from '../../jobs/index.ts'
import type { Job } from '../../model/job.ts'
import type { FeedRow } from '../../store/index.ts'
import { configFolder } from '../config-folder.ts'
import { CommandError, exitCodes } from '../exit.ts'
import { loadBuiltins } from '../load-builtins.ts'
import { nearestWord } from '../nearest-word.ts'
import { isNewDesk } from '../new-desk.ts'
import { numberOf } from '../number-of.ts'
import { beginWithOneArena } from '../one-arena.ts'
import { playRound } from '../round.ts'
import { expectShortRound } from '../short-round.ts'
import { keepHeapSmall } from '../small-heap.ts'
import { createOutside, type Outside, openRoom, type Room } from '../start.ts'
import { printJson } from '../terminal.ts'
import { unaskedLines } from '../unasked.ts'
import { takeLease, type WriterLease } from '../writer-lease.ts'

type FetchOptions = {
  readonly config?: string
  readonly force?: boolean
  readonly backfill?: boolean
  readonly pages?: string
  readonly record?: string
  readonly json?: boolean
}

/** The feeds of the named sources or with the named URLs; all when none is named. */
export function chosenFeeds(feeds: readonly FeedRow[], names: readonly string[]): readonly FeedRow[] {
  return names.length === 0
    ? feeds
    : names.flatMap((name) => {
        const found = feeds.filter(
          (feed) => feed.sourceId === name || feed.url === name || feed.settings.url === name,
        )
        if (found.length > 0) return found
        const nearest = nearestWord(name, [...new Set(feeds.map((feed) => feed.sourceId))])
        throw new CommandError(
          `there is no source or feed "${name}" in sources.yaml`,
          nearest ? `did you mean "${nearest}"?` : 'see: presslark sources list',
          exitCodes.usage,
        )
      })
}

/** Returns the ids of the feeds that are due now. */
function makeDue(
  { store: { feeds } }: Room,
  names: readonly string[],
  { force = false, record }: FetchOptions,
): readonly number[] {
  const chosen = names.length === 0 ? feeds.ids() : chosenFeeds(feeds.list(), names).map(({ id }) => id)
  for (const id of chosen) {
    if (force) feeds.moveHome(id)
    if (force || record !== undefined) feeds.forgetValidators(id) // whole bodies
  }
  feeds.makeDue(chosen, force)
  return chosen
}

type Asking = { readonly jobs: readonly Job[]; readonly unasked: readonly string[] }

/** Jobs for the chosen feeds that may be asked now, and why the others may not: who asked us to wait is left alone. */
function askingOf({ store }: Room, chosen: readonly number[]): Asking {
  const now = Date.now()
  const jobs = fetchJobs(store, now, { feeds: chosen, perHost: Number.POSITIVE_INFINITY })
  const asked = new Set(jobs.map((job) => job.id))
  const others = new Set(chosen.filter((id) => !asked.has(`fetch-${id}`)))
  if (others.size === 0) return { jobs, unasked: [] }
  const left = store.feeds.list().filter(({ id }) => others.has(id))
  return { jobs, unasked: unaskedLines(left, store.feeds.pauses(now)) }
}

/** Feeds that were named are told one by one; of all feeds only how many were left alone. */
function tellUnasked(unasked: readonly string[], names: readonly string[]): void {
  if (unasked.length === 0) return
  const lines =
    names.length > 0
      ? unasked
      : [`Left alone: ${numberOf(unasked.length, 'feed')}; presslark sources list says how each is doing`]
  for (const line of lines) process.stderr.write(`  ${line}\n`)
}

async function fetchHere(
  room: Room,
  outside: Outside,
  { due, names }: { readonly due: readonly number[]; readonly names: readonly string[] },
  json: boolean,
): Promise<number> {
  const { jobs, unasked } = askingOf(room, due)
  const { report, exitCode } = await playRound(room, outside, jobs, async (runner) => {
    await runner.enqueue(jobs)
    await runner.idle()
  })
  if (json) printJson({ ...report.sum, troubles: report.troubles, unasked })
  else {
    tellUnasked(unasked, names)
    report.end()
  }
  const isUnheard = report.sum.feeds > 0 && report.sum.failed === report.sum.feeds
  return exitCode === exitCodes.ok && isUnheard ? exitCodes.failed : exitCode
}

/** Makes the feeds due and fetches them, or their past with --backfill; when a service runs on this database, it is the one that fetches. */
export async function fetchNow(options: FetchOptions, names: readonly string[]): Promise<number> {
  if (options.pages !== undefined && options.backfill !== true)
    throw new CommandError(
      '--pages needs --backfill',
      'such as: presslark fetch shafaq-en --backfill --pages 50',
      exitCodes.usage,
    )
  const isFirst = isNewDesk(configFolder(options.config))
  if (isFirst) beginWithOneArena()
  loadBuiltins()
  keepHeapSmall()
  expectShortRound(isFirst)
  if (options.backfill === true && names.length === 0)
    throw new CommandError(
      '--backfill needs to be told which feeds',
      'name sources or feed URLs',
      exitCodes.usage,
    )
  const room = await openRoom(options.config === undefined ? {} : { config: options.config })
  const outside = createOutside(room, options.record === undefined ? {} : { recordTo: options.record })
  let lease: WriterLease | undefined
  try {
    if (options.backfill === true) {
      const { backfillFeeds } = await import('./fetch-backfill.ts')
      return await backfillFeeds(room, outside, chosenFeeds(room.store.feeds.list(), names), options)
    }
    const due = makeDue(room, names, options)
    lease = takeLease(room.store)
    if (lease !== undefined) return await fetchHere(room, outside, { due, names }, options.json ?? false)
    if (options.record !== undefined)
      throw new CommandError('only this command can record, and a running presslark fetches', 'stop it first')
    process.stderr.write(
      `Due now: ${numberOf(due.length, 'feed')}; the running presslark (${room.store.serviceLock.holder() ?? ''}) fetches within 15 seconds.\n`,
    )
    return exitCodes.ok
  } finally {
    await outside.fetcher.close()
    await outside.deliverer.close()
    lease?.release()
    room.store.close()
  }
}
