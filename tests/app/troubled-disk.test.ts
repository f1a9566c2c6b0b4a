// A disk that fills up, a page that rots, another program that holds the file: real processes, each with its message, and the way back.
import { closeSync, copyFileSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../src/store/index.ts'
import { presslark } from './command-line.ts'
import { listen, rss, sourceLine, writeDesk } from './local-desk.ts'

const PAGE_BYTES = 4096
const processesMs = 90_000 // a handful of programs start; seconds alone, far more on a machine that is busy

/** A desk with one feed of so many reports of some kilobytes each. */
async function openDesk(reports: number) {
  const text = 'wheat and barley '.repeat(200)
  const items = Array.from({ length: reports }, (_, n) => ({
    id: `r${n}`,
    title: `Harvest ${n}`,
    text: `${n} ${text}`,
  }))
  const local = await listen((_, response) =>
    response
      .writeHead(200, { 'content-type': 'application/rss+xml', etag: '"whole"' })
      .end(rss('Good', items)),
  )
  onTestFinished(() => local.close())
  const folder = writeDesk({ sources: `sources:\n${sourceLine('good', `${local.origin}/feed`)}` })
  return { folder, path: join(folder, 'data/presslark.db') }
}

/**
 * Loaded before a program: the database at `path` may grow by so many pages and then has no space left, which is SQLite's own
 * SQLITE_FULL. The limit is set with the pragmas that a writer begins with, below the JavaScript of better-sqlite3, of which the program
 * has a copy.
 */
const fullAfter = (path: string, pages: number): string =>
  `data:text/javascript,${encodeURIComponent(`
    const { dlopen } = process
    process.dlopen = (module, ...rest) => {
      dlopen(module, ...rest)
      const { Database } = module.exports
      module.exports.Database = function (...given) {
        const database = new Database(...given)
        const exec = (sql) => Database.prototype.exec.call(database, sql)
        const limited = (sql) => {
          exec(sql)
          if (sql.includes('journal_size_limit')) exec('pragma max_page_count = ${statSync(path).size / PAGE_BYTES + pages}')
        }
        return Object.defineProperty(database, 'exec', { value: limited })
      }
    }`)}`

function stateOf(path: string) {
  const store = openStore(path, { verify: true })
  try {
    const [feed] = store.feeds.list()
    return { integrity: store.integrity(), articles: store.stats(0).articles, etag: feed?.validators.etag }
  } finally {
    store.close()
  }
}

describe('a database', () => {
  test(
    'that has no space left is told, holds nothing by halves, and takes everything when there is space again (C15)',
    async () => {
      const { folder, path } = await openDesk(60)
      expect((await presslark(['sources', 'list'], folder)).code).toBe(0) // makes the database
      const full = await presslark(['run', '--once'], folder, {
        NODE_OPTIONS: `--import="${fullAfter(path, 8)}"`,
      })
      expect(full).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('has no space left on its disk'),
      })
      expect(full.stderr).toContain('nothing half-done was stored')
      expect(stateOf(path)).toEqual({ integrity: 'ok', articles: 0, etag: undefined })
      expect((await presslark(['fetch'], folder)).code).toBe(0)
      expect(stateOf(path)).toEqual({ integrity: 'ok', articles: 60, etag: '"whole"' })
    },
    processesMs,
  )

  test(
    'with a damaged page is refused and left alone, and its backup takes its place (C17, C18, C19)',
    async () => {
      const { folder, path } = await openDesk(20)
      await presslark(['run', '--once'], folder)
      const copy = join(folder, 'backups/monday.db')
      expect(await presslark(['backup', copy], folder)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('passed its integrity check'),
      })
      const before = stateOf(path)
      damage(path)
      const damaged = readFileSync(path)
      const refused = await presslark(['run', '--once'], folder)
      expect(refused).toMatchObject({
        code: 3,
        stderr: expect.stringMatching(/is damaged[\s\S]*restore a backup/),
      })
      expect(readFileSync(path).equals(damaged)).toBe(true)
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true }) // as docs/ops/backup.md says
      copyFileSync(copy, path)
      expect(stateOf(path)).toEqual(before)
      expect((await presslark(['run', '--once'], folder)).code).toBe(0)
      expect(stateOf(path).articles).toBe(20)
    },
    processesMs,
  )

  test(
    'that another program holds for longer than anybody waits is told, and nothing is lost by it (C13)',
    async () => {
      const { folder, path } = await openDesk(5)
      await presslark(['sources', 'list'], folder)
      const holder = new Database(path)
      holder.exec('begin immediate')
      const refused = await presslark(['run', '--once'], folder)
      expect(refused).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('is locked by another program'),
      })
      holder.exec('rollback')
      holder.close()
      expect((await presslark(['run', '--once'], folder)).code).toBe(0)
      expect(stateOf(path).articles).toBe(5)
    },
    processesMs,
  )
})

/** Overwrites half of every page but the first, as a failing disk may. */
function damage(path: string): void {
  const db = new Database(path)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  const file = openSync(path, 'r+')
  for (let page = 1; page < statSync(path).size / PAGE_BYTES; page++)
    writeSync(file, Buffer.alloc(PAGE_BYTES / 2, 0xa5), 0, PAGE_BYTES / 2, page * PAGE_BYTES)
  closeSync(file)
}
