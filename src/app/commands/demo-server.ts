// The demo's web: answers with recorded feeds over loopback, with validators, and counts what it answered.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { z } from 'zod'
import { readYamlFile } from '../yaml-file.ts'

const recordingSchema = z.strictObject({
  clock: z.strictObject({ firstPoll: z.string(), secondPoll: z.string(), edition: z.string() }),
  feeds: z.array(
    z.strictObject({
      source: z.string(),
      path: z.string(),
      contentType: z.string(),
      first: z.string(),
      second: z.string().optional(),
    }),
  ),
  promises: z.unknown(), // for the test that counts them
})

export type Recording = z.output<typeof recordingSchema>
type RecordedFeed = Recording['feeds'][number]

/** Reads recording.yaml of `folder`. */
export function readRecording(folder: string): Recording {
  return readYamlFile(join(folder, 'recording.yaml'), 'config/demo/recording.yaml', recordingSchema).value
}

export type DemoServer = {
  readonly port: number
  /** From now on feeds that changed between the polls answer with their second recording. */
  readonly secondPoll: () => void
  /** Responses by status since the last call. */
  readonly takeCounts: () => Readonly<Record<number, number>>
  readonly close: () => Promise<void>
}

/** Serves the recording on a free port of 127.0.0.1. */
export async function startDemoServer(folder: string, recording: Recording): Promise<DemoServer> {
  const byPath = new Map(recording.feeds.map((feed) => [feed.path, feed]))
  let isSecond = false
  let counts: Record<number, number> = {}

  function answer(
    response: ServerResponse,
    status: number,
    headers: Record<string, string> = {},
    body?: Uint8Array,
  ): void {
    counts[status] = (counts[status] ?? 0) + 1
    response.writeHead(status, headers).end(body)
  }
  function answerFeed(request: IncomingMessage, response: ServerResponse, feed: RecordedFeed): void {
    const body = readFileSync(join(folder, (isSecond && feed.second) || feed.first))
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`
    if (request.headers['if-none-match'] === etag) answer(response, 304, { etag })
    else answer(response, 200, { etag, 'content-type': feed.contentType }, body)
  }

  const server = createServer((request, response) => {
    const feed = byPath.get(request.url ?? '')
    if (feed === undefined) answer(response, 404)
    else answerFeed(request, response, feed)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  server.on('error', () => {}) // a connection that breaks is asked for again
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    secondPoll: () => {
      isSecond = true
    },
    takeCounts: () => {
      const taken = counts
      counts = {}
      return taken
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
