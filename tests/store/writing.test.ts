// Writing beside others: long readers, other writers, a full disk, a backup in the middle.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../src/store/connection.ts'
import { explainError } from '../../src/store/explain-error.ts'
import { openStore, StoreError } from '../../src/store/index.ts'
import { createSearchStore } from '../../src/store/search.ts'
import { fetched, item, keep, minuteMs, noon, record, storeWith, temporaryFolder } from './archive.ts'

/** Runs a script in another process and resolves when it has said its first word. */
async function start(script: string, ...args: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout as NodeJS.ReadableStream, 'data') // piped above
  return child
}

describe('beside other connections', () => {
  test('a long reader sees its own moment, and the log shrinks once it ends (C12)', () => {
    const { store, path } = storeWith(['wire'])
    keep(store, 'wire', item('first'))
    keep(store, 'wire', item('second'))
    const other = openStore(path)
    onTestFinished(() => other.close())
    const reader = other.articles.since(0)
    expect(reader.next().value).toMatchObject({ title: 'first' })
    for (let index = 0; index < 200; index++)
      keep(store, 'wire', item(`more ${index}`, { text: 'x'.repeat(2000) }))
    expect([...reader].map((article) => article.title)).toEqual(['second'])
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0)
    store.checkpoint()
    expect(statSync(`${path}-wal`).size).toBe(0)
  })

  test('a writer waits for another process that holds the file for three seconds (C13)', async () => {
    const { store, path } = storeWith(['wire'])
    const script = `import Database from 'better-sqlite3'
      const db = new Database(process.argv[1])
      db.exec("begin immediate; insert into host_pause values ('held', 1)")
      console.log('held')
      setTimeout(() => { db.exec('commit'); db.close() }, 3000)`
    await start(script, path)
    keep(store, 'wire', item('waited')) // throws unless it waits
    expect(store.search.search('waited', { limit: 1 })).toHaveLength(1)
    expect(store.feeds.pauses(0).get('held')).toBe(1)
  })

  test('opening does not wait for a writer', () => {
    const { store, path } = storeWith(['wire'])
    store.transaction(() => {
      openStore(path).close() // would wait in vain, and throw
    })
  })

  test('a writer that cannot wait longer says who is in the way', () => {
    const { store, path } = storeWith(['wire'])
    const holder = new Database(path)
    onTestFinished(() => void holder.close())
    holder.exec('begin immediate')
    const impatient = new Database(path, { timeout: 1 })
    onTestFinished(() => void impatient.close())
    try {
      impatient.exec('begin immediate')
    } catch (error) {
      expect(explainError(error, path)?.message).toBe(`${path} is locked by another program`)
    }
    holder.exec('rollback')
    expect(keep(store, 'wire', item('after'))).toBe(1)
    expect.assertions(2)
  })
})

describe('a transaction', () => {
  test('that fails leaves nothing behind', () => {
    const { store } = storeWith(['wire'])
    expect(() =>
      store.transaction(() => {
        store.stories.create(noon)
        record(store, 'wire', fetched(noon), { newItems: 3 })
        throw new Error('in the middle')
      }),
    ).toThrow('in the middle')
    expect(store.stats(0)).toMatchObject({ stories: 0, articles: 0 })
    expect(store.feeds.list()[0]).toMatchObject({ validators: {}, failures: 0 })
    expect(store.feeds.list()[0]).not.toHaveProperty('lastAttemptAt')
  })

  test('that breaks a rule of ours says so as it is', () => {
    const { store } = storeWith(['wire'])
    expect(() => store.transaction(() => keep(store, 'wire', item('x'), { storyId: 99 }))).toThrow(
      'FOREIGN KEY constraint failed',
    )
  })
})

describe('a full disk', () => {
  test('rolls back, says so, lets everybody read, and goes on when there is space again (C15)', () => {
    const path = join(temporaryFolder(), 'press.db')
    const db = openDatabase(path)
    const limit = Number(db.pragma('page_count', { simple: true })) + 3
    db.close()
    const { store } = storeWith(['wire'], path)
    keep(store, 'wire', item('kept before'))
    store.close()
    const small = openDatabase(path)
    onTestFinished(() => void small.close())
    small.pragma(`max_page_count = ${limit}`) // SQLite's own way to run out of space: the same SQLITE_FULL
    const fill = small.transaction(() => {
      small.exec(`update feed set etag = '"new"'`)
      createSearchStore(small).indexText({
        articleId: 2,
        title: 'lost',
        summary: '',
        body: 'word '.repeat(9000),
        author: '',
      })
      small.exec(`with recursive n (i) as (select 1 union all select i + 1 from n where i < 2000)
        insert into host_pause select hex(randomblob(40)), i from n`)
    })
    let explained: StoreError | undefined
    try {
      fill.immediate()
    } catch (error) {
      explained = explainError(error, path)
    }
    expect(explained).toBeInstanceOf(StoreError)
    expect(explained?.message).toBe(`${path} has no space left on its disk`)
    const search = createSearchStore(small)
    expect(search.search('lost', { limit: 1 })).toEqual([])
    expect(search.search('kept', { limit: 1 })).toHaveLength(1)
    expect(small.prepare('select etag from feed').pluck().get()).toBeNull() // validators of a body that was not stored
    small.pragma('max_page_count = 1000000')
    fill.immediate()
    expect(small.prepare('select count(*) from host_pause').pluck().get()).toBe(2000)
    expect(small.pragma('integrity_check', { simple: true })).toBe('ok')
  })
})

describe('a backup', () => {
  test('is complete and sound although another process writes all the time (C18)', async () => {
    const { store, path } = storeWith(['wire'])
    for (let index = 0; index < 50; index++)
      keep(store, 'wire', item(`article ${index}`, { text: 'text '.repeat(2000) }))
    const script = `import Database from 'better-sqlite3'
      const db = new Database(process.argv[1])
      const insert = db.prepare('insert into story (created_at) values (1)')
      for (let n = 0; ; n++) { insert.run(); if (n === 10) console.log('writing'); await new Promise((done) => setTimeout(done, 1)) }`
    await start(script, path)
    const target = join(temporaryFolder(), 'copy.db')
    const { totalPages } = await store.backup(target) // one that began anew at every write would never end
    expect(totalPages).toBeGreaterThan(50)
    const copy = openStore(target, { readonly: true })
    onTestFinished(() => copy.close())
    expect(copy.integrity()).toBe('ok')
    expect(copy.stats(0).articles).toBe(50)
    expect(statSync(target).mode & 0o777).toBe(0o600)
  })

  test('restored, says the same next fetch times, and nothing is sent that was sent (C19)', async () => {
    const { store } = storeWith(['wire', 'cedar'])
    record(store, 'wire', fetched(noon), { newItems: 2 })
    const target = join(temporaryFolder(), 'copy.db')
    await store.backup(target)
    const copy = openStore(target)
    onTestFinished(() => copy.close())
    expect(copy.feeds.list()).toEqual(store.feeds.list())
    expect(copy.feeds.claimDue(noon, minuteMs, 9).map((feed) => feed.sourceId)).toEqual(['cedar'])
    expect(copy.deliveries.due(noon, 9)).toEqual([])
  })

  test('onto the database itself is refused', async () => {
    const { store, path } = storeWith(['wire'])
    await expect(store.backup(path)).rejects.toThrow('is the database itself')
    expect(store.integrity()).toBe('ok')
  })

  test('by copying the file without its -wal loses what the -wal holds, which is why the command exists', () => {
    const { store, path } = storeWith(['wire'])
    store.checkpoint()
    for (let index = 0; index < 20; index++) keep(store, 'wire', item(`article ${index}`))
    const copy = join(temporaryFolder(), 'copy.db')
    copyFileSync(path, copy)
    expect(existsSync(`${path}-wal`)).toBe(true)
    const restored = openStore(copy)
    onTestFinished(() => restored.close())
    expect(restored.stats(0).articles).toBe(0)
  })
})
