// A recording in the network's place: answers come from the files of a folder, in the order they were recorded.
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { failure } from './failure.ts'
import { type Recorded, readRecording } from './recording.ts'
import type { Transport } from './transport.ts'

/**
 * The n-th request for a URL gets the n-th answer recorded for it; the last one is repeated for ever. What was never
 * recorded fails to connect. Throws at once when the folder cannot be read or a file of it is no recording.
 */
export function replayTransport(folder: string): Transport {
  const answers = answersIn(folder)
  return async ({ method, target }) => {
    const recorded = nextOf(answers.get(keyOf(method, target.url)) ?? [])
    if (recorded === undefined) return failure('connect', 'not in the recording')
    if (recorded.failure !== undefined) return failure(recorded.failure.reason, recorded.failure.detail)
    const { status, headers, bodyFile } = recorded.response
    // Only the file's name counts: a recording cannot reach out of its folder.
    const bytes = bodyFile === undefined ? new Uint8Array() : await readFile(join(folder, basename(bodyFile)))
    return { ok: true, status, headers, bytes }
  }
}

function answersIn(folder: string): ReadonlyMap<string, Recorded[]> {
  const answers = new Map<string, Recorded[]>()
  for (const recorded of readRecording(folder)) {
    const key = keyOf(recorded.request.method, recorded.request.url)
    answers.set(key, [...(answers.get(key) ?? []), recorded])
  }
  return answers
}

function nextOf(answers: Recorded[]): Recorded | undefined {
  return answers.length > 1 ? answers.shift() : answers[0]
}

function keyOf(method: string, url: string): string {
  return `${method} ${url}`
}
