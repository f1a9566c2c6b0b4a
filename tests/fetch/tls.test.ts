// A63: a certificate that does not hold is an error that names the cause; nothing is ever sent without one that does.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { closeAll, feedAt, now, openFetcher, publicHost, rss } from './server.ts'

// Made for these tests, good for nothing else.
const pem = (name: string) =>
  readFileSync(new URL(`../fixtures/fetch/tls/${name}.pem`, import.meta.url), 'utf8')
const trusted = getCACertificates('default')

beforeAll(() => setDefaultCACertificates([...trusted, pem('authority')]))
afterAll(() => setDefaultCACertificates(trusted))
afterEach(closeAll)

async function fetchWith(certificate: string) {
  let requests = 0
  const server = createServer({ cert: pem(certificate), key: pem('server-key') }, (_request, response) => {
    requests++
    response.end(rss('one'))
  })
  await new Promise<void>((resolve) => server.listen(0, publicHost, resolve))
  const { port } = server.address() as AddressInfo // a TCP server has no other
  const { fetchFeed } = openFetcher({ lookup: async () => [{ address: publicHost, family: 4 }] })
  const outcome = await fetchFeed(feedAt(`https://valid.example:${port}/feed`), now)
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
})
