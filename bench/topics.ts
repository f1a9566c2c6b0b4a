// `topics suggest`, `topics diff` and `topics test` over whole archives of 100,000 and 1,000,000 articles: CPU time and memory of each, as a command.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRoom } from '../src/app/start.ts'
import type { Store } from '../src/store/index.ts'
import { foldText } from '../src/text/fold.ts'
import { itemOf } from './archive-items.ts'

const archiveSizes = [100_000, 1_000_000] as const
const perCommit = 1_000
const stepMs = 30_000
const starter = join(import.meta.dirname, '..', 'config', 'topics.yaml')

function keep(store: Store, storyId: number, number: number, firstSeenAt: number): void {
  const item = itemOf(number)
  const articleId = store.articles.insert({
    item,
    sourceId: `s${number % 50}`,
    feedId: (number % 50) + 1,
    language: 'en',
    storyId,
    storyBecause: 'first',
    firstSeenAt,
  })
  const [title = '', summary = '', body = ''] = [item.title ?? '', item.summary, item.text].map(foldText)
  store.search.indexText({ articleId, title, summary, body, author: '' })
}

/** Articles of half a minute each, the newest now. */
function fill(store: Store, total: number): void {
  const start = Date.now() - total * stepMs
  const storyId = store.stories.create(start)
  for (let from = 0; from < total; from += perCommit)
    store.transaction(() => {
      for (let number = from; number < Math.min(total, from + perCommit); number++)
        keep(store, storyId, number, start + number * stepMs)
    })
}

function writeConfig(folder: string): void {
  const config = join(folder, 'config')
  mkdirSync(config)
  const sources = Array.from(
    { length: 50 },
    (_, index) =>
      `  - {id: s${index}, name: Source ${index}, feeds: [{url: "https://s${index}.example/feed"}]}`,
  )
  writeFileSync(join(config, 'sources.yaml'), `sources:\n${sources.join('\n')}\n`)
  writeFileSync(join(config, 'presslark.yaml'), 'database: ./press.db\n')
  writeFileSync(join(config, 'digests.yaml'), 'digests: []\n')
  copyFileSync(starter, join(config, 'topics.yaml'))
}

/** One topic loses a term and another gets two frequent ones, the usual case; then the first of all topics finds nearly everything. */
function changedTopics(everything: boolean): string {
  const yaml = readFileSync(starter, 'utf8')
  return everything
    ? yaml.replace(/^( +)any:\n/m, '$1any:\n$1  - government\n$1  - "الحكومة"\n$1  - "دولت"\n')
    : yaml.replace(/^( +)any:\n( +- ).*\n/m, '$1any:\n$2"reservoir council"\n')
}

type Spent = { readonly seconds: number; readonly megabytes: number; readonly lines: number }

/** Runs a command as a process of its own, this file again, which tells on its last line of stderr what it spent. */
function spent(folder: string, args: readonly string[]): Spent {
  const child = spawnSync(
    process.execPath,
    [import.meta.filename, '--config', join(folder, 'config'), ...args],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    },
  )
  const told = child.stderr.trim().split('\n').at(-1) ?? ''
  if (child.status !== 0) throw new Error(`${args.join(' ')}: ${child.stderr}`)
  return { ...(JSON.parse(told) as Omit<Spent, 'lines'>), lines: child.stdout.split('\n').length } // printed below
}

async function compare(total: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'presslark-bench-'))
  try {
    writeConfig(folder)
    const { store } = await openRoom({ config: join(folder, 'config') }) // puts the sources and the rules in force
    fill(store, total)
    store.checkpoint()
    store.close()
    const since = ['--since', `${Math.ceil((total * stepMs) / 86_400_000) + 1}d`]
    const tell = (name: string, args: readonly string[]): void => {
      const { seconds, megabytes, lines } = spent(folder, [...args, ...since])
      const each = (seconds / total) * 1_000_000
      process.stdout.write(
        `${total} articles, ${name}: ${seconds.toFixed(1)} s of CPU (${each.toFixed(0)} us an article), ${megabytes} MB, ${lines} lines\n`,
      )
    }
    tell('suggest', ['topics', 'suggest', 'Qassem Soleimani'])
    tell('suggest in Arabic', ['topics', 'suggest', 'سليماني'])
    tell('test of one topic', ['topics', 'test', 'sadr'])
    tell('test of all topics', ['topics', 'test'])
    for (const everything of [false, true]) {
      writeFileSync(join(folder, 'config', 'topics.yaml'), changedTopics(everything))
      tell(everything ? 'diff of a topic that finds much' : 'diff', ['topics', 'diff'])
    }
    tell('the same as JSON', ['topics', 'diff', '--json'])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (process.argv[2] === '--config') {
  process.on('exit', () => {
    const { user, system } = process.cpuUsage()
    const megabytes = Math.round(process.resourceUsage().maxRSS / 1_024)
    process.stderr.write(`\n${JSON.stringify({ seconds: (user + system) / 1_000_000, megabytes })}\n`)
  })
  await import('../src/app/cli.ts')
} else
  for (const total of process.argv[2] === undefined ? archiveSizes : [Number(process.argv[2])])
    await compare(total)
