// Migrations: a crash rolls the step back, an upgrade leaves a backup, a newer file is refused.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../src/store/connection.ts'
import { openStore, StoreError } from '../../src/store/index.ts'
import { migrate } from '../../src/store/migrate.ts'
import { item, keep, storeWith, temporaryFolder } from './archive.ts'

const ownFolder = join(import.meta.dirname, '../../src/store/migrations')
const own = readdirSync(ownFolder).map((name) => Number(name.slice(0, 3)))
const latest = Math.max(...own)

/** A folder with our migrations and one more. */
function folderWith(sql: string): string {
  const folder = join(temporaryFolder(), 'migrations')
  cpSync(ownFolder, folder, { recursive: true })
  writeFileSync(join(folder, furtherFile), sql)
  return folder
}

const further = 999 // after all of ours, whatever gaps they leave
const furtherFile = `${further}-further.sql`

function archive(): string {
  const { store, path } = storeWith(['wire'])
  keep(store, 'wire', item('Ceasefire'))
  return path
}

function openPlain(path: string): Database.Database {
  const db = new Database(path)
  onTestFinished(() => void db.close())
  return db
}

/** Applies the migrations of `folder` in another process; `crash()` in their SQL kills it with -9. */
function migrateAndDie(path: string, folder: string): NodeJS.Signals | null {
  const script = `import Database from 'better-sqlite3'
    import { migrate } from './src/store/migrate.ts'
    const [path, folder] = process.argv.slice(1)
    const db = new Database(path)
    db.pragma('journal_mode = WAL')
    db.function('crash', () => process.kill(process.pid, 'SIGKILL'))
    migrate(db, path, { folder })`
  return spawnSync(process.execPath, ['--input-type=module', '-e', script, path, folder]).signal
}

describe('an upgrade', () => {
  const second = 'create table extra (id integer primary key) strict; insert into extra values (7);'

  test('keeps what is there and leaves a copy of the file as it was', () => {
    const path = archive()
    const db = openPlain(path)
    const backups: string[] = []
    migrate(db, path, { folder: folderWith(second), onMigrate: (backup) => backups.push(backup) })
    expect(db.pragma('user_version', { simple: true })).toBe(further)
    expect(db.prepare('select id from extra').pluck().get()).toBe(7)
    expect(db.prepare('select title from article').pluck().get()).toBe('Ceasefire')
    expect(backups).toEqual([`${path}.before-v${further}`])
    const copy = openStore(`${path}.before-v${further}`, { readonly: true })
    onTestFinished(() => copy.close())
    expect(copy.search.search('ceasefire', { limit: 1 })).toHaveLength(1)
  })

  test('leaves the copy also when nobody asks for it, readable by its owner only', () => {
    const path = archive()
    migrate(openPlain(path), path, { folder: folderWith(second) })
    expect(statSync(`${path}.before-v${further}`).mode & 0o777).toBe(0o600)
  })

  test('of a new file leaves no copy', () => {
    const path = join(temporaryFolder(), 'press.db')
    openDatabase(path).close()
    expect(existsSync(`${path}.before-v1`)).toBe(false)
  })

  test('goes by the numbers of its steps, which may leave gaps', () => {
    const path = join(temporaryFolder(), 'press.db')
    const folder = join(temporaryFolder(), 'migrations')
    mkdirSync(folder)
    writeFileSync(join(folder, '001-first.sql'), 'create table step (number integer) strict;')
    writeFileSync(join(folder, '004-fourth.sql'), 'insert into step values (4);')
    const db = openPlain(path)
    migrate(db, path, { folder })
    expect(db.pragma('user_version', { simple: true })).toBe(4)
    writeFileSync(join(folder, '006-sixth.sql'), 'insert into step values (6);')
    migrate(db, path, { folder })
    expect(db.prepare('select number from step').pluck().all()).toEqual([4, 6])
  })

  test('that was made meanwhile by another process is not made twice', () => {
    const path = join(temporaryFolder(), 'press.db')
    const [first, other] = [openPlain(path), openPlain(path)]
    const folder = folderWith(second)
    migrate(first, path, { folder: folderWith(second) })
    migrate(other, path, { folder })
    expect(other.prepare('select count(*) from extra').pluck().get()).toBe(1)
  })
})

describe('a migration killed half-way', () => {
  test('is rolled back: the old schema stands, and the next start makes it whole (C20)', () => {
    const path = archive()
    const folder = folderWith(
      'create table extra (id integer) strict; insert into extra values (1); select crash();',
    )
    expect(migrateAndDie(path, folder)).toBe('SIGKILL')
    const store = openStore(path, { verify: true })
    expect(store.integrity()).toBe('ok')
    expect(store.search.search('ceasefire', { limit: 1 })).toHaveLength(1)
    store.close()
    const db = openPlain(path)
    expect(db.prepare(`select count(*) from sqlite_schema where name = 'extra'`).pluck().get()).toBe(0)
    writeFileSync(join(folder, furtherFile), 'create table extra (id integer) strict;')
    migrate(db, path, { folder })
    expect(db.pragma('user_version', { simple: true })).toBe(further)
  })

  test('leaves a new file empty, to be made whole by the next start', () => {
    const path = join(temporaryFolder(), 'press.db')
    const folder = join(temporaryFolder(), 'migrations')
    mkdirSync(folder)
    writeFileSync(join(folder, '001-first.sql'), 'create table half (id integer) strict; select crash();')
    expect(migrateAndDie(path, folder)).toBe('SIGKILL')
    const store = openStore(path, { verify: true })
    onTestFinished(() => store.close())
    expect(store.integrity()).toBe('ok')
    expect(store.stats(0).articles).toBe(0)
  })
})

describe('a file of another version', () => {
  test('that is newer is refused, not touched (C20)', () => {
    const path = archive()
    openPlain(path).pragma('user_version = 99')
    expect(() => openStore(path)).toThrow(StoreError)
    expect(() => openStore(path)).toThrow(
      `was written by a newer presslark (schema 99, this one knows ${latest})`,
    )
    expect(openPlain(path).pragma('user_version', { simple: true })).toBe(99)
  })

  test('that is older is not upgraded by somebody who only reads', () => {
    const path = archive()
    const db = openPlain(path)
    expect(() => migrate(db, path, { folder: folderWith('select 1;'), readonly: true })).toThrow(
      'older schema',
    )
    expect(db.pragma('user_version', { simple: true })).toBe(latest)
  })
})
