// presslark fetch: polls feeds now, politely all the same: conditional, and not while their host asks us to wait.
import { fetchJobs } from '../../jobs/index.ts'
import type { FeedRow } from '../../store/index.ts'
import { CommandError, exitCodes } from '../exit.ts'
import { nearestWord } from '../nearest-word.ts'
import { processName } from '../process-name.ts'
import { createRoundReport } from '../round-report.ts'
import { createHandlers, createOutside, createRunner, openRoom, type Room } from '../start.ts'
import { printJson } from '../terminal.ts'

type FetchOptions = { readonly config?: string; readonly force?: boolean; readonly json?: boolean }

/** The feeds of the named sources or with the named URLs; all when none is named. */
export function chosenFeeds(feeds: readonly FeedRow[], names: readonly string[]): readonly FeedRow[] {
  return names.length === 0
    ? feeds
    : names.flatMap((name) => {
        const found = feeds.filter((feed) => feed.sourceId === name || feed.url === name)
        if (found.length > 0) return found
        const nearest = nearestWord(name, [...new Set(feeds.map((feed) => feed.sourceId))])
        throw new CommandError(
          `there is no source or feed "${name}" in sources.yaml`,
          nearest ? `did you mean "${nearest}"?` : 'see: presslark sources list',
          exitCodes.usage,
        )
      })
}

function makeDue(room: Room, names: readonly string[], force: boolean): number {
  const chosen = chosenFeeds(room.store.feeds.list(), names)
  for (const feed of chosen) {
    room.store.feeds.makeDue(feed.id, force)
    if (force) room.store.feeds.forgetValidators(feed.id)
  }
  return chosen.length
}

/** Makes the feeds due and fetches them; when a service runs on this database, it is the one that fetches. */
export async function fetchNow(options: FetchOptions, names: readonly string[]): Promise<number> {
  const room = openRoom(options.config === undefined ? {} : { config: options.config })
  const outside = createOutside(room)
  try {
    const due = makeDue(room, names, options.force ?? false)
    if (!room.store.serviceLock.hold(processName(), Date.now())) {
      process.stderr.write(
        `${due} feeds are due now; the running presslark (${room.store.serviceLock.holder() ?? ''}) fetches them within 15 seconds.\n`,
      )
      return exitCodes.ok
    }
    const jobs = fetchJobs(room.store, Date.now()).filter(
      (job) =>
        names.length === 0 ||
        chosenFeeds(room.store.feeds.list(), names).some((feed) => `fetch-${feed.id}` === job.id),
    )
    const report = createRoundReport(jobs.length)
    const runner = await createRunner(room.config, await createHandlers(room, outside, report), {})
    await runner.enqueue(jobs)
    await runner.idle()
    await runner.stop()
    if (options.json) printJson({ ...report.sum, troubles: report.troubles })
    else report.end()
    return report.sum.feeds > 0 && report.sum.failed === report.sum.feeds ? exitCodes.failed : exitCodes.ok
  } finally {
    await outside.fetcher.close()
    await outside.deliverer.close()
    room.store.serviceLock.release(processName())
    room.store.close()
  }
}
