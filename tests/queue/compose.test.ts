// docker-compose.yml, the Dockerfile and workers/ belong together; this test reads them as data.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { builtFrom, parseCopy, parseDockerfile } from '../soak/dockerfile.ts'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

// Strict: a key of the Compose specification that is misspelt, or one that is not on this list yet, fails the test. There is no Docker here
// to ask `docker compose config`.
const duration = z.string().regex(/^(?:\d+(?:\.\d+)?(?:us|ms|s|m|h))+$/)
const image = z.string().regex(/^[a-z0-9][a-z0-9._/-]*(?::[\w][\w.-]{0,127})?$/)
const service = z.strictObject({
  image,
  build: z.literal('.').optional(),
  command: z.array(z.string()).optional(),
  profiles: z.array(z.string()).optional(),
  init: z.boolean().optional(),
  user: z.string(),
  read_only: z.literal(true),
  tmpfs: z.array(z.string().startsWith('/')),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  restart: z.literal('unless-stopped'),
  stop_grace_period: duration.optional(),
  depends_on: z
    .record(
      z.string(),
      z.strictObject({
        condition: z.enum(['service_started', 'service_healthy', 'service_completed_successfully']),
      }),
    )
    .default({}),
  healthcheck: z.strictObject({
    test: z.array(z.string()).min(2),
    interval: duration,
    timeout: duration,
    start_period: duration.optional(),
  }),
  networks: z.array(z.enum(['inside', 'outside'])).min(1),
  environment: z.record(z.string().regex(/^[A-Z_]+$/), z.union([z.string(), z.number()])).optional(),
  env_file: z.array(z.strictObject({ path: z.string(), required: z.boolean() })).optional(),
  volumes: z.array(z.string().regex(/^[\w./-]+:\/[\w/-]+(?::ro)?$/)).default([]),
  ports: z.array(z.string().regex(/^(?:[\d.]+:)?\d+:\d+$/)).default([]),
})
const compose = z
  .strictObject({
    services: z.record(z.string().regex(/^[a-zA-Z0-9._-]+$/), service),
    networks: z.record(z.string(), z.strictObject({ internal: z.boolean().optional() })),
    volumes: z.record(z.string(), z.strictObject({})),
    'x-worker': z.unknown(), // the specification passes over what begins with x-
    'x-secrets': z.unknown(),
  })
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
      expect(compose.services[worker]?.environment).toMatchObject({ UV_THREADPOOL_SIZE: 16 })
  })

  test('declares every named volume it mounts, and mounts every one it declares', () => {
    const mounted = services.flatMap(([, { volumes }]) => volumes.map((volume) => volume.split(':')[0] ?? ''))
    const named = new Set(mounted.filter((volume) => !volume.startsWith('.')))
    expect([...named].sort()).toEqual(Object.keys(compose.volumes).sort())
  })

  test('connects services to networks, and makes them wait for services, that there are', () => {
    for (const [, { networks, depends_on }] of services) {
      for (const network of networks) expect(Object.keys(compose.networks)).toContain(network)
      for (const other of Object.keys(depends_on)) expect(Object.keys(compose.services)).toContain(other)
    }
    expect(compose.networks['inside']?.internal).toBe(true)
  })

  test('sets no variable that nobody reads', () => {
    const ofPresslark = new Set(
      globSync('src/app/**/*.ts', { cwd: root }).flatMap((file) =>
        [...read(file).matchAll(/process\.env\['(\w+)'\]/g)].map(([, name]) => name),
      ),
    )
    const ofNode = ['NODE_ENV', 'UV_THREADPOOL_SIZE', 'MALLOC_ARENA_MAX'] // the last is read by the C library under it
    const set = services.flatMap(([, { environment = {} }]) => Object.keys(environment))
    const inImage = [...read('Dockerfile').matchAll(/^ENV (\w+)=/gm)].map(([, name]) => name ?? '')
    for (const name of [...set, ...inImage])
      expect(ofPresslark.has(name) || ofNode.includes(name), name).toBe(true)
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

test('what is copied into the image is sent to Docker, and what it runs is in the build', () => {
  const sent = builtFrom(root.pathname, read('.dockerignore'))
  const stages = parseDockerfile(read('Dockerfile'))
  const copied = stages
    .flatMap(({ instructions }) => instructions.filter(({ name }) => name === 'COPY'))
    .map(({ rest }) => parseCopy(rest))
  for (const { from, what } of copied)
    for (const path of what.filter((one) => one !== '.'))
      expect(from === undefined ? sent : ['/app/dist'], path).toContain(path)
  const commands = [
    ...workers.map((worker) => compose.services[worker]?.command ?? []),
    JSON.parse(stages.at(-1)?.instructions.find(({ name }) => name === 'CMD')?.rest ?? '[]'),
  ]
  for (const [program, file] of commands) {
    expect(program).toBe('node')
    expect(existsSync(join(process.env['PRESSLARK_BUILT'] ?? '', file.replace(/^dist\//, ''))), file).toBe(
      true,
    )
  }
})

test('the commands that docs/ops/docker.md gives are commands of this program with options that they have', () => {
  const commands = [...read('docs/ops/docker.md').matchAll(/node dist\/src\/app\/cli\.js (.+)$/gm)]
  expect(commands.length).toBeGreaterThan(2)
  for (const [, line = ''] of commands) {
    const words = line.replace(/'[^']*'/g, 'words').split(' ')
    const cli = join(process.env['PRESSLARK_BUILT'] ?? '', 'src/app/cli.js')
    const { stderr } = spawnSync(process.execPath, [cli, ...words, '--config', '/nowhere'], {
      encoding: 'utf8',
    })
    expect(stderr, line).not.toMatch(/unknown (?:command|option)|too many arguments|missing required/)
    expect(stderr, line).toMatch(/nowhere/) // it got as far as looking for its configuration
  }
})

test('the image is small, runs as node, and holds no secret', () => {
  const dockerfile = read('Dockerfile')
  expect(dockerfile.match(/^FROM .*$/gm)).toEqual(['FROM node:24-slim AS build', 'FROM node:24-slim'])
  expect(dockerfile.lastIndexOf('USER node')).toBeGreaterThan(dockerfile.lastIndexOf('RUN '))
  expect(read('.dockerignore')).toMatch(/^\*$/m)
  expect(read('.dockerignore')).toMatch(/^\*\*\/\.env$/m)
})
