// docker-compose.yml, the Dockerfile and workers/ belong together; this test reads them as data.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

const service = z.looseObject({
  command: z.array(z.string()).optional(),
  user: z.string(),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  restart: z.literal('unless-stopped'),
  healthcheck: z.looseObject({ test: z.array(z.string()).min(2) }),
  networks: z.array(z.enum(['inside', 'outside'])).min(1),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  container_name: z.undefined().optional(),
})
const compose = z
  .looseObject({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.unknown()) })
  .parse(parse(read('docker-compose.yml'), { merge: true }))

const workers = readdirSync(new URL('workers/', root)).map((file) => file.replace(/\.ts$/, ''))
const services = Object.entries(compose.services)
const mounting = (folder: string) =>
  services
    .filter(([, { volumes }]) => volumes.some((volume) => volume.split(':')[1] === folder))
    .map(([name]) => name)

describe('docker-compose.yml', () => {
  test('has one service for each file in workers/, beside Redis and the mail sink', () => {
    expect(Object.keys(compose.services).sort()).toEqual([...workers, 'mailpit', 'redis'].sort())
    for (const worker of workers)
      expect(compose.services[worker]?.command).toEqual(['node', `dist/workers/${worker}.js`])
  })

  test('lets only the scheduler, the writer and the digests see the database, and only digests the editions', () => {
    expect(mounting('/app/data').sort()).toEqual(['digest', 'ingest', 'scheduler'])
    expect(mounting('/app/editions')).toEqual(['digest'])
  })

  test('gives every worker the configuration, which none may change', () => {
    for (const worker of workers)
      expect(compose.services[worker]?.volumes).toContain('./config:/app/config:ro')
  })

  test('gives every worker threads enough to look up many names at once', () => {
    for (const worker of workers)
      expect(compose.services[worker]?.['environment']).toMatchObject({ UV_THREADPOOL_SIZE: 16 })
  })

  test('declares every named volume it mounts, and mounts every one it declares', () => {
    const mounted = services.flatMap(([, { volumes }]) => volumes.map((volume) => volume.split(':')[0] ?? ''))
    const named = new Set(mounted.filter((volume) => !volume.startsWith('.')))
    expect([...named].sort()).toEqual(Object.keys(compose.volumes).sort())
  })

  test('runs nothing as root', () => {
    for (const [, { user }] of services) expect(user).toMatch(/^(node|redis|[1-9]\d*:[1-9]\d*)$/)
  })

  test('keeps Redis from evicting jobs and from the outside, and its jobs on disk', () => {
    const redis = compose.services['redis']
    expect(redis?.command?.join(' ')).toMatch(/--appendonly yes .*--maxmemory-policy noeviction/)
    expect(redis?.networks).toEqual(['inside'])
    expect(redis?.volumes).toContain('redis:/data')
  })

  test('opens ports on loopback only, and none of a worker, so that fetch can be scaled', () => {
    expect(
      services.flatMap(([, { ports }]) => ports).filter((port) => !port.startsWith('127.0.0.1:')),
    ).toEqual([])
    for (const worker of workers) expect(compose.services[worker]?.ports).toEqual([])
  })
})

test('the health check of workers and image tells ready from not ready and from dead', async () => {
  const [, program, ...args] = compose.services['fetch']?.healthcheck.test ?? []
  const [, imageCommand = ''] =
    /^HEALTHCHECK [^[]*CMD (\[.*\])$/m.exec(read('Dockerfile').replace(/\\\n\s*/g, '')) ?? []
  expect(JSON.parse(imageCommand)).toEqual([program, ...args])
  let status = 200
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    asked.push(request.url)
    response.writeHead(status).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const check = async () => {
    const here = args.map((arg) => arg.replace('9464', String(port)))
    const [code] = await once(spawn(program === 'node' ? process.execPath : '', here), 'exit')
    return code
  }
  const ready = await check()
  status = 503
  const notReady = await check()
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
  expect([ready, notReady, await check()]).toEqual([0, 1, 1])
  expect(asked).toEqual(['/readyz', '/readyz'])
})

test('every worker tells its health on the port that the check asks', () => {
  for (const worker of workers)
    expect(compose.services[worker]?.environment?.['PRESSLARK_METRICS']).toBe('9464')
  expect(read('Dockerfile')).toMatch(/^ENV PRESSLARK_METRICS=9464$/m)
})

test('a file in workers/ is at most fifteen lines long', () => {
  for (const worker of workers)
    expect(read(`workers/${worker}.ts`).trimEnd().split('\n').length).toBeLessThanOrEqual(15)
})

test('the image is small, runs as node, and holds no secret', () => {
  const dockerfile = read('Dockerfile')
  expect(dockerfile.match(/^FROM .*$/gm)).toEqual(['FROM node:24-slim AS build', 'FROM node:24-slim'])
  expect(dockerfile.lastIndexOf('USER node')).toBeGreaterThan(dockerfile.lastIndexOf('RUN '))
  expect(read('.dockerignore')).toMatch(/^\*$/m)
  expect(read('.dockerignore')).toMatch(/^\*\*\/\.env$/m)
})
