// Opening: the pragmas we rely on, and files we refuse.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../src/store/connection.ts'
import { openStore, StoreError } from '../../src/store/index.ts'
import { applicationId } from '../../src/store/migrate.ts'
import { item, keep, storeWith, temporaryFolder } from './archive.ts'

const migrations = readdirSync(join(import.meta.dirname, '../../src/store/migrations')).toSorted()

function refusal(open: () => unknown): StoreError {
  try {
    open()
  } catch (error) {
    if (error instanceof StoreError) return error
    throw error
  }
  throw new Error('it was opened')
}

describe('an open database', () => {
  test.each([
    ['journal_mode', 'wal'],
    ['synchronous', 1], // NORMAL
    ['foreign_keys', 1],
    ['busy_timeout', 5000],
    ['trusted_schema', 0],
    ['cell_size_check', 1],
    ['journal_size_limit', 67_108_864],
    ['temp_store', 2], // MEMORY
    ['application_id', applicationId],
    ['user_version', Number(migrations.at(-1)?.slice(0, 3))],
  ])('has %s = %s (C10)', (pragma, value) => {
    const db = openDatabase(join(temporaryFolder(), 'press.db'))
    onTestFinished(() => void db.close())
    expect(db.pragma(pragma, { simple: true })).toBe(value)
  })

  test('is guarded in the same way when it is only read', () => {
    const path = join(temporaryFolder(), 'press.db')
    openDatabase(path).close()
    const db = openDatabase(path, { readonly: true })
    onTestFinished(() => void db.close())
    expect(db.pragma('trusted_schema', { simple: true })).toBe(0)
    expect(() => db.exec('delete from source')).toThrow('readonly')
  })

  test('has strict tables only (C11)', () => {
    const db = openDatabase(join(temporaryFolder(), 'press.db'))
    onTestFinished(() => void db.close())
    const loose = db
      .prepare(
        `select name from pragma_table_list where type = 'table' and strict = 0 and name not like 'article_text%' and schema = 'main' and name not like 'sqlite_%'`,
      )
      .pluck()
      .all()
    expect(loose).toEqual([])
  })

  test.each([
    ['text for a number', `insert into host_pause values ('a', 'soon')`],
    ['an unknown kind', `insert into source values ('a', 'A', null, null, 'a', 'blog', 'A', 1)`],
    ['an unknown grade', `insert into source values ('a', 'A', null, null, 'a', 'wire', 'F', 1)`],
    ['settings that are no JSON', `insert into feed (source_id, url, settings) values ('wire', 'u', '{')`],
    ['a feed of nobody', `insert into feed (source_id, url, settings) values ('nobody', 'u', '{}')`],
    ['a match that ends before it starts', `insert into topic_match values (1, 't', 1, 'x', 'title', 5, 4)`],
    ['a second service lock', `insert into service_lock values (2, 'me', 0)`],
    [
      'a state nobody knows',
      `update delivery set state = 'lost'; insert into delivery (edition_id, channel, recipient, idempotency_key, message_id, next_try_at, state) values (1, '{}', 'r', 'k', 'm', 0, 'lost')`,
    ],
  ])('refuses %s (C11)', (_, sql) => {
    const db = openDatabase(join(temporaryFolder(), 'press.db'))
    onTestFinished(() => void db.close())
    db.exec(`insert into source values ('wire', 'Wire', null, null, 'wire', 'wire', 'A', 1)`)
    expect(() => db.exec(sql)).toThrow(/constraint|cannot store TEXT/)
  })

  test('is for its owner only, in a folder for its owner only', () => {
    const folder = join(temporaryFolder(), 'data')
    openStore(join(folder, 'press.db')).close()
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'press.db')).mode & 0o777).toBe(0o600)
  })

  test('answers the same whether or not its pages were verified first', () => {
    const { store, path } = storeWith(['wire'])
    keep(store, 'wire', item('Ceasefire'))
    const verified = openStore(path, { verify: true })
    onTestFinished(() => verified.close())
    expect(verified.search.search('ceasefire', { limit: 1 })).toHaveLength(1)
  })
})

describe('what is no database of ours', () => {
  test('a text file is refused and left alone', () => {
    const path = join(temporaryFolder(), 'notes.db')
    writeFileSync(path, 'dear diary\n'.repeat(100))
    const error = refusal(() => openStore(path))
    expect(error.message).toBe(`${path} is not a SQLite database`)
    expect(error.hint).toContain('restore a backup')
    expect(readFileSync(path, 'utf8')).toBe('dear diary\n'.repeat(100))
  })

  test("another program's database is refused without a byte changed", () => {
    const path = join(temporaryFolder(), 'cookies.db')
    const other = new Database(path)
    other.exec('create table cookie (name text)')
    other.close()
    const before = readFileSync(path)
    expect(refusal(() => openStore(path)).message).toBe(`${path} belongs to another program`)
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(existsSync(`${path}-wal`)).toBe(false)
  })

  test('reading only never creates', () => {
    const path = join(temporaryFolder(), 'press.db')
    const error = refusal(() => openStore(path, { readonly: true }))
    expect(error.hint).toBe('run `presslark run --once` first')
    expect(existsSync(path)).toBe(false)
  })

  test('a folder under that name is refused', () => {
    const path = join(temporaryFolder(), 'press.db')
    mkdirSync(path)
    expect(refusal(() => openStore(path)).message).toContain('cannot be opened')
  })

  test('a file where the folder should be is refused', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'data'), '')
    const error = refusal(() => openStore(join(folder, 'data', 'press.db')))
    expect(error.message).toContain('cannot open')
    expect(error.hint).toContain('folder exists')
  })

  test('a folder that is missing is made', () => {
    const path = join(temporaryFolder(), 'a', 'b', 'press.db')
    openStore(path).close()
    expect(existsSync(path)).toBe(true)
  })
})

describe('a damaged database', () => {
  /** Overwrites the second half of every page but the first, as a failing disk may. */
  function damage(path: string): void {
    const pageBytes = 4096
    const file = openSync(path, 'r+')
    for (let page = 1; page < statSync(path).size / pageBytes; page++)
      writeSync(file, Buffer.alloc(pageBytes / 2, 0xa5), 0, pageBytes / 2, page * pageBytes)
    closeSync(file)
  }

  test('is refused with the way back, and never made anew (C17)', () => {
    const path = join(temporaryFolder(), 'press.db')
    openStore(path).close()
    damage(path)
    const before = readFileSync(path)
    const error = refusal(() => openStore(path, { verify: true }))
    expect(error.message).toContain(`${path} is damaged`)
    expect(error.hint).toContain('restore a backup')
    expect(readFileSync(path).equals(before)).toBe(true)
  })
})

describe('a file that cannot be written', () => {
  /** Root may write everywhere, so the test speaks as nobody; anybody else speaks as himself. */
  function asNobody<T>(work: () => T): T {
    if (process.getuid?.() !== 0) return work()
    process.seteuid?.(65_534)
    try {
      return work()
    } finally {
      process.seteuid?.(0)
    }
  }

  test('is refused at once, with what to check (C16)', () => {
    const folder = temporaryFolder()
    const path = join(folder, 'press.db')
    openStore(path).close()
    chmodSync(path, 0o444)
    chmodSync(folder, 0o777)
    const error = asNobody(() => refusal(() => openStore(path)))
    expect(error.message).toBe(`${path} cannot be written`)
    expect(error.hint).toContain('permissions')
  })

  test('in a folder that cannot be written is refused too (C16)', () => {
    const folder = temporaryFolder()
    const path = join(folder, 'press.db')
    openStore(path).close()
    chmodSync(path, 0o444)
    chmodSync(folder, 0o555)
    const error = asNobody(() => refusal(() => openStore(path)))
    expect(error.message).toMatch(/cannot be (opened|written)/)
    expect(asNobody(() => refusal(() => openStore(join(folder, 'new.db')))).hint).toContain('folder')
  })
})

test('a child that meets a refused file says it in one line', () => {
  const path = join(temporaryFolder(), 'notes.db')
  writeFileSync(path, 'x'.repeat(5000))
  const script = `import { openStore } from './src/store/index.ts'
    try { openStore(process.argv[1]) } catch (error) { console.error(error.message); process.exit(3) }`
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', script, path], { encoding: 'utf8' })
  expect(child.status).toBe(3)
  expect(child.stderr).toBe(`${path} is not a SQLite database\n`)
})
