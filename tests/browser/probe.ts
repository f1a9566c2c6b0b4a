// Pages that tell what happens in them: every request they make, and every script of a stranger that runs.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

// Whatever a vector tries to call notes itself in the page; `--dump-dom` shows it. Nothing of it is a request.
export const PROBE = `<script>
for (const name of ['alert', 'confirm', 'prompt', 'print', 'eval', 'open'])
  window[name] = () => { document.documentElement.dataset.fired = (Number(document.documentElement.dataset.fired) || 0) + 1 }
</script>`

/** Serves `pages` by path on loopback, counts every other request, and answers those with nothing. */
export async function servePages(pages: Readonly<Record<string, string>>) {
  const strange: string[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    const page = pages[path]
    if (page === undefined && path !== '/favicon.ico') strange.push(path)
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(page ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server that listens
  return {
    origin: `http://127.0.0.1:${port}`,
    strange,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
