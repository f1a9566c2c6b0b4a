// A63: a certificate that does not hold is an error that names the cause; nothing is ever sent without one that does.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { FeedSettings } from '../../src/model/source.ts'
import { closeAll, feedAt, now, openFetcher, publicHost, rss } from './server.ts'

// Made for these tests, good for nothing else.
const pem = (name: string) =>
  readFileSync(new URL(`../fixtures/fetch/tls/${name}.pem`, import.meta.url), 'utf8')
const trusted = getCACertificates('default')

beforeAll(() => setDefaultCACertificates([...trusted, pem('authority')]))
afterAll(() => setDefaultCACertificates(trusted))
afterEach(closeAll)

async function fetchWith(certificate: string, settings: Partial<FeedSettings> = {}) {
  let requests = 0
  const server = createServer({ cert: pem(certificate), key: pem('server-key') }, (_request, response) => {
    requests++
    response.end(rss('one'))
  })
  await new Promise<void>((resolve) => server.listen(0, publicHost, resolve))
  const { port } = server.address() as AddressInfo // a TCP server has no other
  const { fetchFeed } = openFetcher({ lookup: async () => [{ address: publicHost, family: 4 }] })
  const outcome = await fetchFeed(feedAt(`https://valid.example:${port}/feed`, settings), now)
  server.closeAllConnections()
  server.close()
  return { outcome, requests }
}

describe('a certificate', () => {
  it('that holds is accepted', async () => {
    expect((await fetchWith('valid')).outcome.kind).toBe('fetched')
  })

  it.each([
    ['self-signed', 'certificate: self-signed'],
    ['expired', 'certificate: expired'],
    ['other-host', 'certificate: for another host'],
  ])('that is %s is refused before anything is sent (A63)', async (certificate, detail) => {
    const { outcome, requests } = await fetchWith(certificate)
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'tls', detail })
    expect(requests).toBe(0)
  })

  it.each(['self-signed', 'expired', 'other-host'])(
    'that is %s is accepted for one feed only (A63)',
    async (certificate) => {
      const { outcome } = await fetchWith(certificate, { allowBadCertificate: true })
      expect(outcome.kind).toBe('fetched')
      expect((await fetchWith(certificate)).outcome).toMatchObject({ reason: 'tls' })
    },
  )

  it('of another server is judged although the feed waived that of its own (A63)', async () => {
    const elsewhere = createServer({ cert: pem('expired'), key: pem('server-key') }, (_request, response) => {
      response.end(rss('elsewhere'))
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, publicHost, resolve))
    const { port } = elsewhere.address() as AddressInfo // a TCP server has no other
    const home = createServer({ cert: pem('self-signed'), key: pem('server-key') }, (_request, response) => {
      response.writeHead(302, { location: `https://valid.example:${port}/feed` }).end()
    })
    await new Promise<void>((resolve) => home.listen(0, publicHost, resolve))
    const { fetchFeed } = openFetcher({ lookup: async () => [{ address: publicHost, family: 4 }] })
    const { port: homePort } = home.address() as AddressInfo // a TCP server has no other
    const feed = feedAt(`https://home.example:${homePort}/feed`, { allowBadCertificate: true })
    expect(await fetchFeed(feed, now)).toMatchObject({ reason: 'tls', detail: 'certificate: expired' })
    for (const server of [home, elsewhere]) {
      server.closeAllConnections()
      server.close()
    }
  })
})
