// Writes every exchange with the network to a folder, so that it can be replayed byte for byte.
import { mkdirSync, readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Instant } from '../model/time.ts'
import type { Failure } from './failure.ts'
import type { Headers } from './header.ts'
import type { Recorded } from './recording.ts'
import type { Transport, WireRequest, WireResponse } from './transport.ts'

/**
 * Files are numbered in the order of the answers and readable by their owner only: URLs may hold tokens. Request
 * headers and cookies are left out, for they may hold more.
 */
export function recordTransport(transport: Transport, folder: string, now: () => Instant): Transport {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let number = readdirSync(folder).filter((file) => file.endsWith('.json')).length
  return async (request) => {
    const at = now()
    const answer = await transport(request)
    const name = `${String(++number).padStart(6, '0')}-${request.target.host.replace(/[^\w.-]/g, '_')}`
    await write(folder, name, recordOf(request, at, answer, `${name}.body`), answer)
    return answer
  }
}

async function write(
  folder: string,
  name: string,
  recorded: Recorded,
  answer: WireResponse | Failure,
): Promise<void> {
  const mode = 0o600
  if (answer.ok && answer.bytes.length > 0)
    await writeFile(join(folder, `${name}.body`), answer.bytes, { mode })
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(recorded, undefined, 2)}\n`, { mode })
}

function recordOf(
  { method, target }: WireRequest,
  at: Instant,
  answer: WireResponse | Failure,
  bodyFile: string,
): Recorded {
  const request = { method, url: target.url, at }
  if (!answer.ok) return { request, failure: { reason: answer.reason, detail: answer.detail } }
  const response = { status: answer.status, headers: writable(answer.headers) }
  return { request, response: answer.bytes.length === 0 ? response : { ...response, bodyFile } }
}

function writable(headers: Headers): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && name !== 'set-cookie')
      kept[name] = typeof value === 'string' ? value : [...value]
  }
  return kept
}
