// Killed with -9 in the middle of writing, twenty times: what was acknowledged is there, and nothing is there by halves.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openStore } from '../../src/store/index.ts'
import { temporaryFolder } from './archive.ts'

const killsPerFile = 10 // two files at a time: most of a round is the start of a process

/** One writer: says each article's id after its transaction was committed. With `killAfter` it dies inside that transaction. */
const writer = `import { writeSync } from 'node:fs'
  import { openStore } from './src/store/index.ts'
  const [path, killAfter] = process.argv.slice(1)
  const store = openStore(path)
  store.feeds.sync([{ id: 'wire', name: 'Wire', family: 'wire', kind: 'wire', grade: 'A', feeds: [{ url: 'https://wire.example/feed' }] }])
  const feedId = store.feeds.list()[0].id
  const base = store.stats(0).articles
  for (let n = 0; ; n++) {
    const item = { title: 'article ' + n, guid: 'g' + base + '-' + n, summary: 'word '.repeat(200), text: '', authors: [], categories: [], enclosures: [], flags: [] }
    const articleId = store.transaction(() => {
      const storyId = store.stories.create(n)
      const articleId = store.articles.insert({ item, sourceId: 'wire', feedId, firstSeenAt: n, storyId, storyBecause: 'first' })
      store.articles.addSighting({ articleId, feedId, itemKey: item.guid, contentHash: 'h', item, seenAt: n, because: 'first' })
      if (n === Number(killAfter)) process.kill(process.pid, 'SIGKILL')
      store.search.indexText({ articleId, title: 'article', summary: 'word', body: '', author: '' })
      return articleId
    })
    writeSync(1, articleId + '\\n')
  }`

/** Lets a writer work until it is killed: by itself inside a transaction, or by us at any moment. */
async function writeAndDie(path: string, round: number): Promise<readonly number[]> {
  const inside = round % 2 === 0
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', writer, path, inside ? String(round) : '-1'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const acknowledged: number[] = []
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => {
    acknowledged.push(Number(line))
    if (!inside && acknowledged.length === 5 + round) child.kill('SIGKILL')
  })
  const [[, signal]] = await Promise.all([once(child, 'exit'), once(lines, 'close')])
  expect(signal).toBe('SIGKILL')
  return acknowledged
}

/** Kills writers of one file, one after the other, and looks at what they left. */
async function killWriters(count: number): Promise<void> {
  const path = join(temporaryFolder(), 'press.db')
  const acknowledged: number[] = []
  for (let round = 0; round < count; round++) acknowledged.push(...(await writeAndDie(path, round)))
  expect(acknowledged.length).toBeGreaterThan(count)

  const store = openStore(path, { verify: true })
  expect(store.integrity()).toBe('ok')
  store.close()
  const db = new Database(path, { readonly: true })
  const ids = (sql: string) => db.prepare(sql).pluck().all()
  const articles = ids('select id from article order by id')
  expect(articles).toEqual(expect.arrayContaining(acknowledged))
  expect(ids('select rowid from article_text order by rowid')).toEqual(articles)
  expect(ids('select article_id from sighting order by article_id')).toEqual(articles)
  expect(ids('select story_id from article order by id')).toEqual(ids('select id from story order by id'))
  expect(ids(`select rowid from article_text where article_text match 'word' order by rowid`)).toEqual(
    articles,
  )
  db.close()
}

test(`${2 * killsPerFile} writers killed with -9 lose no acknowledged article and leave none by halves (C01, C02)`, async () => {
  await Promise.all([killWriters(killsPerFile), killWriters(killsPerFile)])
})
