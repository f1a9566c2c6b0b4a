// Secrets are planted wherever one may stand, the desk runs at debug over Redis, and everything it left behind is searched (B43, B44).
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openRoom } from '../../src/app/start.ts'
import { freePort, startRedis, type TestRedis } from '../queue/redis.ts'
import { until } from '../queue/until.ts'
import { ended, presslark, start } from './command-line.ts'
import { type LocalServer, listen, rss, writeDesk } from './local-desk.ts'

const secrets = {
  header: 'planted-basic-auth-of-a-feed',
  cookie: 'planted-cookie-of-a-feed',
  smtp: 'planted-smtp-password',
  webhook: 'planted-webhook-key-0123456789',
  redis: 'planted-redis-password',
  proxy: 'planted-proxy-password',
}
const token = 'planted-token-in-a-query'

const left = { log: '', commands: '', redis: '', database: '', editions: '', pages: '', hook: '' }
const asked: (string | undefined)[] = []
let redis: TestRedis
let web: LocalServer

function filesIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes('.'))
    .map((name) => readFileSync(join(folder, name)).toString('latin1'))
    .join('\n')
}

/** A publisher who sends back what it was sent, as careless ones do, and a webhook. */
async function serveWeb(): Promise<LocalServer> {
  return listen((request, response) => {
    const { authorization, cookie } = request.headers
    if (request.url === '/hook') {
      left.hook += JSON.stringify(request.headers)
      request.setEncoding('utf8').on('data', (text: string) => {
        left.hook += text
      })
      request.on('end', () => response.end('ok'))
      return
    }
    asked.push(authorization)
    if (request.url?.startsWith('/feed')) {
      const feed = rss('Good', [{ id: 'a', title: 'Harvest begins' }])
      response.writeHead(200, { 'content-type': 'application/rss+xml', etag: '"1"' }).end(feed)
    } else response.writeHead(401, { 'www-authenticate': `Basic realm="${authorization} ${cookie}"` }).end()
  })
}

function writeTroubledDesk(): string {
  const feed = (id: string, path: string): string =>
    `  - {id: ${id}, name: ${id}, feeds: [{url: "${web.origin}/${path}?token=${token}", allowPrivate: true, headers: {Authorization: "Basic \${FEED_AUTH}", Cookie: "\${FEED_COOKIE}"}}]}\n`
  return writeDesk({
    presslark:
      'http: {timeout: 30s, allowPrivate: true}\nlog: {level: debug}\nmail: {host: 127.0.0.1, port: 1, secure: none, user: someone, from: press@desk.example}\n',
    sources: `sources:\n${feed('good', 'feed')}${feed('private', 'private')}`,
    digests: `digests:\n  - {id: morning, name: Morning, watchlist: all, schedule: "0 7 * * *", channels: [{email: [ana@desk.example]}, {file: "{digest}.md", format: md}, {webhook: "${web.origin}/hook"}]}\n`,
  })
}

beforeAll(async () => {
  redis = await startRedis({ password: secrets.redis })
  web = await serveWeb()
  const folder = writeTroubledDesk()
  const twoDaysAgo = Date.now() - 2 * 86_400_000
  const room = await openRoom({ config: join(folder, 'config'), now: twoDaysAgo })
  room.store.close() // so that an edition is due at once
  const monitor = await redis.client.duplicate().monitor()
  monitor.on('monitor', (_: string, args: readonly string[]) => {
    left.redis += args.join(' ')
  })
  const port = await freePort()
  const env = {
    FEED_AUTH: secrets.header,
    FEED_COOKIE: secrets.cookie,
    PRESSLARK_SMTP_PASSWORD: secrets.smtp,
    PRESSLARK_WEBHOOK_KEY: secrets.webhook,
    PRESSLARK_REDIS_URL: redis.url,
    PRESSLARK_METRICS: String(port),
    HTTP_PROXY: `http://someone:${secrets.proxy}@127.0.0.1:1`,
    HTTPS_PROXY: `http://someone:${secrets.proxy}@127.0.0.1:1`,
  }
  const service = start(['run'], folder, env)
  const end = ended(service)
  service.stderr?.on('data', (text: string) => {
    left.log += text
  })
  const delivered = (): number => left.log.split('"msg":"delivered"').length - 1
  const ingested = (): number => left.log.split('"msg":"ingested"').length - 1
  await until(() => (delivered() >= 3 && ingested() >= 2) || service.exitCode !== null)
  for (const page of ['metrics', 'healthz', 'readyz'])
    left.pages += await (await fetch(`http://127.0.0.1:${port}/${page}`)).text()
  service.kill('SIGTERM')
  const { stdout } = await end
  left.commands += stdout
  for (const command of [['sources', 'export'], ['queue'], ['doctor'], ['digest', '--dry-run']]) {
    const told = await presslark(command, folder, { ...env, PRESSLARK_METRICS: 'off' })
    left.commands += told.stdout + told.stderr
  }
  monitor.disconnect()
  left.database = filesIn(join(folder, 'data'))
  left.editions = filesIn(join(folder, 'editions'))
}, 120_000)

afterAll(async () => {
  await web.close()
  await redis.close()
})

it('there is something to search, and the publisher got what it asked for', () => {
  expect(asked).toContain(`Basic ${secrets.header}`)
  expect(left.log).toContain('"reason":"forbidden"')
  expect(left.pages).toContain('presslark_fetches_total')
  expect(left.pages).toContain('"ready":true')
  expect(left.redis).toContain('${FEED_AUTH}') // a job carries the name, not the value
  expect(left.editions).toContain('2 feeds never fetched')
  expect(left.commands).toContain('Harvest begins')
  expect(left.hook).toContain('webhook-signature')
  expect(left.commands).toContain('<opml')
})

it.each(Object.entries(secrets))('the secret of the %s is nowhere', (_, secret) => {
  const written = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]
  const found = Object.entries(left).filter(([, text]) => written.some((form) => text.includes(form)))
  expect(found.map(([where]) => where)).toEqual([])
})

it('the token in the address of a feed stands where the address must: in the database and in jobs, and nowhere else', () => {
  const found = Object.entries(left).filter(([, text]) => text.includes(token))
  expect(found.map(([where]) => where).toSorted()).toEqual(['database', 'redis'])
})
