// A recording in the world's place: all its polls, offline, up to a given time, byte for byte the same whenever it is repeated.
import { existsSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { recordedPolls, replayTransport } from '../fetch/index.ts'
import { fetchJobs, issueEdition } from '../jobs/index.ts'
import type { Instant } from '../model/time.ts'
import { createEmbeddedRunner } from '../queue/index.ts'
import { CommandError, exitCodes } from './exit.ts'
import { replayRounds } from './replay-rounds.ts'
import { createRoundReport } from './round-report.ts'
import { createHandlers, createOutside, digestDeps, type Outside, openRoom, type Room } from './start.ts'

export type ReplayOptions = {
  readonly config?: string
  readonly recording: string // a folder that `presslark fetch --record` wrote
  readonly clock: Instant
}

/**
 * The archive of a replay lies beside the recording: a replay touches no other database, and sends nothing. Not in its folder,
 * which may be handed on: sources.yaml may hold secrets, and the archive repeats what it says of feeds.
 */
function freshDatabase(recording: string): string {
  if (!existsSync(recording))
    throw new CommandError(
      `there is no recording ${recording}`,
      'make one with: presslark fetch --record DIR',
      exitCodes.usage,
    )
  const path = `${resolve(recording)}.db`
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true })
  return path
}

function openRecording(room: Room, recording: string): Outside {
  try {
    return createOutside(room, { network: replayTransport(recording), perHostGapMs: 0 })
  } catch (error) {
    const detail = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new CommandError(`${recording} is no recording: ${detail}`, undefined, exitCodes.usage)
  }
}

/** How long an answer took is the only thing about it that no recording repeats. */
function timeless({ fetcher, ...rest }: Outside): Outside {
  const fetchFeed: typeof fetcher.fetchFeed = async (feed, now) => ({
    ...(await fetcher.fetchFeed(feed, now)),
    durationMs: 0,
  })
  return { ...rest, fetcher: { ...fetcher, fetchFeed } }
}

/** One at a time and in order: the order of ingestion decides who was first. */
const oneByOne = { fetch: 1, ingest: 1, digest: 1, deliver: 1 }

async function fetchAll(room: Room, outside: Outside, recording: string, clock: Instant) {
  const pollsOf = recordedPolls(recording)
  const feeds = room.store.feeds.list().map(({ id, url }) => ({ feedId: id, polls: pollsOf(url) }))
  const rounds = replayRounds(feeds, clock)
  const report = createRoundReport(
    rounds.reduce((sum, { feedIds }) => sum + feedIds.length, 0),
    { counted: 'polls' },
  )
  // Recorded answers need no secret to be asked for.
  const open = { ...room, secrets: { ...room.secrets, expand: (text: string) => text } }
  let at = clock
  const handlers = await createHandlers(open, timeless(outside), report, { now: () => at, random: () => 0 })
  const runner = createEmbeddedRunner({ handlers, concurrency: oneByOne })
  for (const round of rounds) {
    at = round.at
    room.store.feeds.makeDue(round.feedIds, true)
    await runner.enqueue(
      fetchJobs(room.store, at, { feeds: round.feedIds, perHost: Number.POSITIVE_INFINITY }),
    )
    await runner.idle()
  }
  await runner.stop()
  return report
}

/** Plays every recorded poll of every feed, composes each digest up to `clock` and prints it as Markdown. Exit code 1 when no feed was heard. */
export async function replay({ recording, clock, config }: ReplayOptions): Promise<number> {
  const database = freshDatabase(recording)
  const room = await openRoom({ database, now: clock, ...(config === undefined ? {} : { config }) })
  const outside = openRecording(room, recording)
  try {
    const report = await fetchAll(room, outside, recording, clock)
    report.end()
    for (const digest of room.config.digests)
      process.stdout.write(
        `${issueEdition(
          digestDeps(room, () => clock),
          digest,
          clock,
        ).bodies.md.trimEnd()}\n`,
      )
    process.stderr.write(`The archive of this replay is ${database}; nothing was sent.\n`)
    return report.sum.failed < report.sum.feeds ? exitCodes.ok : exitCodes.failed
  } finally {
    await outside.fetcher.close()
    await outside.deliverer.close()
    room.store.close()
  }
}
