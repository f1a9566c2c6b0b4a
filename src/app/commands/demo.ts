// presslark demo: the main job for real, on recorded feeds of invented outlets served over loopback. Only the clock is set.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { type Ingested, issueEdition } from '../../jobs/index.ts'
import type { Instant } from '../../model/time.ts'
import { configSchemas } from '../config-schema.ts'
import { oneRound } from '../daily.ts'
import { CommandError } from '../exit.ts'
import { createHandlers, createOutside, createRunner, digestDeps, openRoom } from '../start.ts'
import { packageFolder } from '../version.ts'
import { type DemoServer, readRecording, startDemoServer } from './demo-server.ts'

/** Writes the demo's configuration with the server's port, after removing what an earlier demo left. */
function prepare(from: string, out: string, port: number): void {
  for (const left of ['config', 'editions', 'presslark.db', 'presslark.db-wal', 'presslark.db-shm']) {
    rmSync(join(out, left), { recursive: true, force: true })
  }
  mkdirSync(join(out, 'config'), { recursive: true })
  for (const name of Object.keys(configSchemas)) {
    const text = readFileSync(join(from, `${name}.yaml`), 'utf8').replaceAll('{port}', String(port))
    writeFileSync(join(out, 'config', `${name}.yaml`), text)
  }
}

type Sum = { new: number; copies: number; revisions: number; unchanged: number; feeds: number }

function createCounter() {
  let sum: Sum = { new: 0, copies: 0, revisions: 0, unchanged: 0, feeds: 0 }
  return {
    onIngested: ({ outcome, counts }: Ingested): void => {
      if (outcome.kind === 'failed')
        throw new CommandError(
          `the demo's feed ${outcome.url} failed: ${outcome.detail}`,
          'something on this machine keeps presslark from its own loopback address',
        )
      sum.feeds++
      if (outcome.kind === 'not-modified') sum.unchanged++
      sum.new += counts.new
      sum.copies += counts.duplicates
      sum.revisions += counts.revisions
    },
    take: (): Sum => {
      const taken = sum
      sum = { new: 0, copies: 0, revisions: 0, unchanged: 0, feeds: 0 }
      return taken
    },
  }
}

const say = (text: string): void => void process.stderr.write(`${text}\n`)

function describe(poll: string, { feeds, unchanged, new: fresh, copies, revisions }: Sum): string {
  return `${poll}: ${feeds} feeds (${unchanged} answered 304), ${fresh} new articles, ${copies} copies folded, ${revisions} revisions kept`
}

/** Polls twice and writes the edition; everything but the clock and the pause between requests is as in `presslark run`. */
async function play(
  out: string,
  server: DemoServer,
  recording: ReturnType<typeof readRecording>,
): Promise<string> {
  const clock = { now: Date.parse(recording.clock.firstPoll) }
  const now = (): Instant => clock.now
  const room = await openRoom({ config: join(out, 'config'), now: clock.now })
  const outside = createOutside(room, { now, perHostGapMs: 0 })
  const counter = createCounter()
  const random = (): number => 0.5 // who is asked first must not be left to chance, or articles get other ids
  const handlers = await createHandlers(room, outside, counter, { now, random })
  const runner = await createRunner(room.config, handlers, {})
  try {
    await oneRound(room, runner, now)
    say(describe('first poll', counter.take()))
    server.secondPoll()
    clock.now = Date.parse(recording.clock.secondPoll)
    await oneRound(room, runner, now)
    say(describe('second poll', counter.take()))
    clock.now = Date.parse(recording.clock.edition)
    const [digest] = room.config.digests
    if (digest === undefined)
      throw new CommandError('the demo has no digest', 'config/demo/digests.yaml must list one')
    await oneRound(room, runner, now)
    return issueEdition(digestDeps(room, now), digest, clock.now).bodies.md
  } finally {
    await runner.stop()
    await outside.fetcher.close()
    await outside.deliverer.close()
    room.store.checkpoint()
    room.store.close()
  }
}

/** Runs the demo and prints the briefing; progress goes to stderr, so that the Markdown can be piped. */
export async function demo(options: { readonly out: string }): Promise<undefined> {
  const startedAt = performance.now()
  const from = join(packageFolder(), 'config', 'demo')
  const out = resolve(options.out)
  const recording = readRecording(from)
  const server = await startDemoServer(from, recording)
  try {
    prepare(from, out, server.port)
    const markdown = await play(out, server, recording)
    process.stdout.write(markdown)
    const command = import.meta.filename.endsWith('.ts') ? 'npm run -s presslark --' : 'presslark' // a clone, or installed
    const shown = relative(process.cwd(), out) || '.'
    say(
      `\nWritten to ${join(shown, 'editions')} (Markdown and HTML); everything is in ${join(shown, 'presslark.db')}.`,
    )
    say(
      `Took ${((performance.now() - startedAt) / 1000).toFixed(1)} s. Search it: ${command} --config ${join(shown, 'config')} search 'Soleimani OR سليماني'`,
    )
  } finally {
    await server.close()
  }
  return undefined
}
