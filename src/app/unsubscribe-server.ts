// Answers the unsubscribe links of mails. GET shows a page and changes nothing, since scanners follow links; POST unsubscribes.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Instant } from '../model/time.ts'
import type { Store } from '../store/index.ts'
import { CommandError } from './exit.ts'
import { mailSubscriptionOf, type Order } from './unsubscribe-links.ts'
import { donePage, questionPage, unknownPage } from './unsubscribe-page.ts'

export type UnsubscribeSettings = {
  readonly host: string
  readonly port: number // 0: whichever is free
  readonly key: string
  readonly orders: () => readonly Order[]
  readonly unsubscribes: Pick<Store['unsubscribes'], 'add'>
  readonly now: () => Instant
}

const BODY_BYTES_MAX = 4_096
const REQUEST_TIMEOUT_MS = 10_000
/** Anybody may reach the page: connections that say nothing must not take the descriptors of those that deliver. */
const CONNECTIONS_MAX = 100
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

/** Listens until closed. Links lead here through a proxy, whatever path it puts before `/unsubscribe/`. Throws CommandError when the port is taken. */
export async function startUnsubscribeServer(settings: UnsubscribeSettings): Promise<Server> {
  const server = createServer({
    requestTimeout: REQUEST_TIMEOUT_MS,
    headersTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: 1_000,
  })
  server.maxConnections = CONNECTIONS_MAX
  server.on('request', (request, response) => {
    answer(request, response, settings).catch(() => response.destroy())
  })
  const { host, port } = settings
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new CommandError(
          `the unsubscribe page cannot listen on ${host}:${port} (${error.message})`,
          'name another host or port under web in presslark.yaml',
        ),
      ),
    )
    server.listen(port, host, resolve)
  })
  server.on('error', () => {}) // a connection that breaks is the reader's: the link can be opened again
  server.unref()
  return server
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { key, orders, unsubscribes, now }: UnsubscribeSettings,
): Promise<void> {
  const [, token] = /\/unsubscribe\/([\w-]{43})$/.exec((request.url ?? '').split('?', 1)[0] ?? '') ?? []
  const subscription = token === undefined ? undefined : mailSubscriptionOf(key, token, orders())
  if (subscription === undefined) return end(response, 404, unknownPage())
  const { order, recipient } = subscription
  if (request.method === 'GET' || request.method === 'HEAD') return end(response, 200, questionPage(order))
  if (request.method !== 'POST') return end(response, 405, questionPage(order), { allow: 'GET, HEAD, POST' })
  if (!isOneClick(await bodyOf(request))) return end(response, 400, questionPage(order))
  unsubscribes.add(order.id, recipient, now())
  end(response, 200, donePage(order))
}

/** RFC 8058 sends `List-Unsubscribe=One-Click`, as a form of either kind. */
function isOneClick(body: string): boolean {
  return body.includes('List-Unsubscribe') && body.includes('One-Click')
}

/** '' for a body that is larger than any form of ours. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > BODY_BYTES_MAX) return ''
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function end(
  response: ServerResponse,
  status: number,
  page: string,
  more: Record<string, string> = {},
): void {
  response.writeHead(status, { ...HEADERS, ...more }).end(page)
}
