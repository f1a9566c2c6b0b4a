// Listens for hubs: their questions (GET) and their pushes (POST). Knows HTTP, not what was agreed with whom.
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Headers } from './header.ts'

export type PushServerSettings = {
  readonly host: string
  readonly port: number
  readonly bodyBytesMax: number
  /** What to answer a hub's question with; undefined for 404. `token` is the last part of the path. */
  readonly onQuestion: (token: string, query: URLSearchParams) => string | undefined
  /** False for a token that nobody was given. */
  readonly onPush: (token: string, headers: Headers, body: Uint8Array) => Promise<boolean>
  readonly isToken: (token: string) => boolean // asked before a body is read
}

export type PushServer = { readonly port: number; readonly close: () => Promise<void> }

const deadlineMs = 30_000
const connectionsMax = 100

/** Resolves when it listens; rejects when it cannot. */
export async function listenForPushes(settings: PushServerSettings): Promise<PushServer> {
  const { createServer } = await import('node:http') // loads all of Node's own fetch, which no poll needs
  const server = createServer(
    { requestTimeout: deadlineMs, headersTimeout: deadlineMs / 3, connectionsCheckingInterval: 1_000 },
    (request, response) => {
      response.setHeader('x-content-type-options', 'nosniff')
      answer(request, response, settings).catch(() => void end(response, 500))
    },
  )
  server.maxConnections = connectionsMax
  server.listen(settings.port, settings.host)
  await once(server, 'listening')
  server.on('error', () => {}) // a connection that breaks is the hub's loss: it sends again
  const { port } = server.address() as AddressInfo // a TCP server has no other
  return {
    port,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function end(response: ServerResponse, status: number, text = ''): void {
  if (!response.headersSent)
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text)
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  settings: PushServerSettings,
): Promise<void> {
  const url = URL.parse(request.url ?? '', 'http://callback.invalid')
  const token = url?.pathname.split('/').at(-1) ?? ''
  if (url === null || token === '' || !settings.isToken(token)) return end(response, 404)
  if (request.method === 'GET') {
    const challenge = settings.onQuestion(token, url.searchParams)
    return challenge === undefined ? end(response, 404) : end(response, 200, challenge)
  }
  if (request.method !== 'POST') return end(response, 405)
  const body = await readCapped(request, settings.bodyBytesMax)
  if (body === undefined) return end(response, 413)
  const isKnown = await settings.onPush(token, request.headers, body)
  return end(response, isKnown ? 202 : 404)
}

async function readCapped(request: IncomingMessage, bytesMax: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size <= bytesMax) chunks.push(chunk)
    else if (size > bytesMax * 2) return undefined // leaving the loop hangs up
  }
  return size > bytesMax ? undefined : Buffer.concat(chunks)
}
