// The image of the Dockerfile in a temporary folder, for machines without Docker: the same instructions, done by the shell.
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { builtFrom, parseCopy, parseDockerfile, type Stage } from './dockerfile.ts'

export type Image = {
  readonly app: string // the folder that is /app in a container
  readonly environment: Readonly<Record<string, string>>
  readonly command: readonly string[]
  readonly health: readonly string[]
  readonly remove: () => void
}

const root = join(import.meta.dirname, '../..')
/** The user `nobody`, who stands for the user `node` of the real image. */
export const nobody = 65_534

type Built = {
  readonly app: string
  environment: Record<string, string>
  user: string
  words: Record<string, readonly string[]>
}

/** Runs every instruction, npm against its registry with an empty cache. Throws with what the shell said when one fails. */
export function buildImage(tell: (line: string) => void): Image {
  const folder = mkdtempSync(join(tmpdir(), 'presslark-image-'))
  chmodSync(folder, 0o755) // another user runs it
  const stages = new Map<string, Built>()
  let last: Built | undefined
  for (const [index, stage] of parseDockerfile(readFileSync(join(root, 'Dockerfile'), 'utf8')).entries()) {
    last = buildStage(stage, join(folder, String(index)), stages, tell)
    stages.set(stage.name, last)
  }
  if (last?.user !== 'node') throw new Error('the image does not run as the user node')
  return {
    app: last.app,
    environment: last.environment,
    command: last.words['CMD'] ?? [],
    health: last.words['HEALTHCHECK'] ?? [],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function buildStage(
  { instructions }: Stage,
  folder: string,
  stages: ReadonlyMap<string, Built>,
  tell: (line: string) => void,
): Built {
  const built: Built = { app: join(folder, 'app'), environment: {}, user: 'root', words: {} }
  for (const { name, rest } of instructions) {
    tell(`${name} ${rest}`)
    switch (name) {
      case 'WORKDIR':
        if (rest !== '/app') throw new Error(`an image of one folder, not ${rest}`)
        mkdirSync(built.app, { recursive: true })
        break
      case 'COPY':
        copy(rest, built.app, stages)
        break
      case 'RUN':
        run(rest, built, folder)
        break
      case 'ENV':
        built.environment[rest.split('=')[0] ?? ''] = rest.split('=')[1] ?? ''
        break
      case 'USER':
        built.user = rest
        break
      default:
        built.words[name] = wordsOf(rest)
    }
  }
  return built
}

/** The command of CMD or HEALTHCHECK, which stands there as JSON. */
function wordsOf(rest: string): readonly string[] {
  const words: unknown = JSON.parse(rest.slice(rest.indexOf('[')))
  return Array.isArray(words) ? words.map(String) : []
}

function copy(rest: string, app: string, stages: ReadonlyMap<string, Built>): void {
  const { from, what, to } = parseCopy(rest)
  const target = join(app, to)
  if (from !== undefined) {
    for (const path of what)
      cpSync(join(stages.get(from)?.app ?? '', path.replace(/^\/app\//, '')), target, { recursive: true })
    return
  }
  const sent = builtFrom(root, readFileSync(join(root, '.dockerignore'), 'utf8'))
  const asked = what.includes('.')
    ? sent
    : sent.filter((file) => what.some((one) => file === one || file.startsWith(`${one}/`)))
  const missing = what.filter((one) => one !== '.' && !sent.includes(one))
  if (missing.length > 0) throw new Error(`COPY of what is not sent: ${missing.join(', ')}`)
  for (const file of asked) {
    if (!statSync(join(root, file)).isFile()) continue
    const place =
      what.length === 1 && what[0] !== '.'
        ? join(target, file.slice((what[0] ?? '').length))
        : join(target, file)
    mkdirSync(dirname(place), { recursive: true })
    cpSync(join(root, file), place)
  }
}

function run(command: string, { app, environment }: Built, folder: string): void {
  const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter)
  const { status, stdout, stderr } = spawnSync(
    'sh',
    ['-ec', command.replaceAll('node:node', `${nobody}:${nobody}`)],
    {
      cwd: app,
      env: { ...process.env, PATH: path, npm_config_cache: join(folder, 'cache'), ...environment },
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(`RUN ${command} ended with ${status}:\n${stdout}\n${stderr}`)
}
