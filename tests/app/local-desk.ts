// A desk in a temporary folder whose feeds live on a local server that may misbehave.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** An RSS feed of the given titles; guid and link are numbered by title. */
export function rss(
  title: string,
  items: readonly { readonly id: string; readonly title: string; readonly text?: string }[],
): string {
  const entries = items.map(
    (item) =>
      `<item><guid isPermaLink="false">${item.id}</guid><link>https://outlet.example/${item.id}</link><title>${item.title}</title><description>${item.text ?? ''}</description><pubDate>Thu, 23 Jan 2020 10:00:00 GMT</pubDate></item>`,
  )
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>${title}</title><link>https://outlet.example/</link><description>test</description>${entries.join('')}</channel></rss>`
}

export type LocalServer = {
  readonly server: Server
  readonly origin: string
  readonly close: () => Promise<void>
}

/** Listens on a free port of the loopback address, or of all its addresses with 0.0.0.0. */
export async function listen(answer: RequestListener, host = '127.0.0.1'): Promise<LocalServer> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { server, origin: `http://127.0.0.1:${port}`, close }
}

export type DeskFiles = {
  readonly presslark?: string
  readonly sources: string
  readonly topics?: string
  readonly digests?: string
}

const topics = `watchlists: [{id: all, name: Everything, topics: all}]
topics:
  - {id: harvest, name: Harvest, any: [harvest, الحصاد]}
  - {id: bridge, name: Bridge, any: [bridge]}
`
const digests = `digests:
  - {id: morning, name: Morning, watchlist: all, schedule: "0 7 * * *", channels: [{file: "{digest}-{number}.md", format: md}]}
`

/** Writes the four files and returns the folder that holds config/. */
export function writeDesk(files: DeskFiles): string {
  const folder = mkdtempSync(join(tmpdir(), 'presslark-desk-'))
  mkdirSync(join(folder, 'config'))
  const texts = {
    presslark: files.presslark ?? 'http: {timeout: 10s}\n',
    sources: files.sources,
    topics: files.topics ?? topics,
    digests: files.digests ?? digests,
  }
  for (const [name, text] of Object.entries(texts))
    writeFileSync(join(folder, 'config', `${name}.yaml`), text)
  return folder
}

/** One line of sources.yaml for a feed on a private address. */
export function sourceLine(id: string, url: string): string {
  return `  - {id: ${id}, name: Outlet ${id}, feeds: [{url: "${url}", allowPrivate: true}]}\n`
}
