// The pages for monitors: /metrics, /healthz and /readyz over plain HTTP. They hold numbers, and nothing that a visitor sent.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { CommandError, exitCodes } from './exit.ts'
import { type ListenAddress, shownAddress } from './listen-address.ts'

export type Page = { readonly status: number; readonly type: string; readonly body: string }
/** By path. A page that throws is answered with 500 and no word about why. */
export type Pages = Readonly<Record<string, () => Page | Promise<Page>>>

export const plain = 'text/plain; charset=utf-8'

// Numbers only, but a browser that is led here must not render, guess, cache, frame or tell anything of it.
const headers = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

const refusals = {
  notFound: { status: 404, type: plain, body: 'not found\n' },
  badMethod: { status: 405, type: plain, body: 'only GET and HEAD\n' },
  failed: { status: 500, type: plain, body: 'failed\n' },
} as const satisfies Record<string, Page>

async function pageFor(pages: Pages, { method, url = '' }: IncomingMessage): Promise<Page> {
  if (method !== 'GET' && method !== 'HEAD') return refusals.badMethod
  const path = url.split('?', 1)[0] ?? ''
  if (!Object.hasOwn(pages, path)) return refusals.notFound
  try {
    return (await pages[path]?.()) ?? refusals.notFound
  } catch {
    return refusals.failed
  }
}

async function answer(pages: Pages, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, type, body } = await pageFor(pages, request)
  response.writeHead(status, {
    ...headers,
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** Bounded in every direction: whoever reaches the port must not be able to hold the desk up. */
function createBoundedServer(pages: Pages): Server {
  const server = createServer(
    {
      requestTimeout: 5_000,
      headersTimeout: 5_000,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 8_192,
    },
    (request, response) => {
      response.on('error', () => response.destroy()) // the visitor left
      void answer(pages, request, response)
    },
  )
  server.keepAliveTimeout = 20_000 // longer than Prometheus waits between two visits is not needed
  server.maxConnections = 32
  server.on('clientError', (_, socket) => void socket.destroy())
  return server
}

function inTheWay(error: unknown, address: ListenAddress): CommandError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const why = code === 'EADDRINUSE' ? 'another program listens there' : code
  return new CommandError(
    `cannot listen for monitors on ${shownAddress(address)}: ${why}`,
    'name a free port of this machine under metrics.listen in presslark.yaml or in PRESSLARK_METRICS; each process needs its own',
    exitCodes.usage,
  )
}

export type MonitorServer = { readonly port: number; readonly close: () => Promise<void> }

/** Listens until closed; port 0 takes a free one. Rejects with a CommandError when it cannot listen there. */
export async function serveMonitors(
  address: ListenAddress,
  pages: Pages,
  onError: (error: Error) => void,
): Promise<MonitorServer> {
  const server = createBoundedServer(pages)
  try {
    server.listen(address.port, address.host)
    await once(server, 'listening')
  } catch (error) {
    throw inTheWay(error, address)
  }
  server.on('error', onError)
  server.unref() // a process never lives on for its monitors
  const bound = server.address()
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : address.port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
