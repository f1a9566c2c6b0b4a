// The program itself, with a feed whose body ends whoever reads it in the second thread: the others are stored, and the feed is told.

import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { presslark } from './command-line.ts'
import { listen, rss, sourceLine, writeDesk } from './local-desk.ts'

/** Loaded before the program, in each of its threads: in the second one, reading the word ends the thread. */
const deadly = `data:text/javascript,${encodeURIComponent(`
  import { isMainThread } from 'node:worker_threads'
  const { toString } = Buffer.prototype
  if (!isMainThread) Buffer.prototype.toString = function (...given) {
    const text = toString.apply(this, given)
    if (text.includes('deadly harvest')) process.exit(1)
    return text
  }`)}`

const long = 'All about the bridge. '.repeat(60_000) // more than a megabyte: worth a thread

function feedOf(name: string): string {
  const titles = name === 'b' ? ['deadly harvest'] : ['Bridge opens', 'Harvest begins']
  return rss(
    `Outlet ${name}`,
    titles.map((title, n) => ({
      id: `${name}-${n}`,
      title: `${title} in ${name}`,
      text: n === 0 ? long : title,
    })),
  )
}

/** On a machine with one core there is no second thread, so nothing ends it. */
const hasThread = availableParallelism() > 1

it('a feed that ends the second thread twice has failed; all others are stored in the same round', async () => {
  const { origin, close } = await listen((request, response) =>
    response.end(feedOf(request.url?.slice(1) ?? '')),
  )
  onTestFinished(close)
  const lines = ['a', 'b', 'c'].map((name) => sourceLine(name, `${origin}/${name}`)).join('')
  const folder = writeDesk({
    sources: `sources:\n${lines}`,
    presslark: 'database: ./p.db\nhttp: {timeout: 20s}\n',
  })
  const { code, stderr } = await presslark(['fetch'], folder, { NODE_OPTIONS: `--import="${deadly}"` })
  expect(stderr.includes('the reading thread ended: it ended by itself')).toBe(hasThread)
  expect(code).toBe(0)
  const db = new Database(join(folder, 'p.db'), { readonly: true })
  onTestFinished(() => void db.close())
  const feeds = db.prepare('select failures, last_detail as detail from feed order by id').all()
  expect(feeds).toMatchObject([
    { failures: 0 },
    hasThread
      ? { failures: 1, detail: 'the thread that read it ended twice: it ended by itself' }
      : { failures: 0 },
    { failures: 0 },
  ])
  expect(db.prepare('select count(*) from sighting').pluck().get()).toBe(hasThread ? 4 : 5)
}, 30_000)
