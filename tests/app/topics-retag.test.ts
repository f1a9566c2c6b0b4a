import Database from 'better-sqlite3'
import { beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src/store/index.ts'
import { item, keep } from '../store/archive.ts'
import { ended, presslark, start } from './command-line.ts'
import { archiveOf, databaseOf, editTopics, json, putInForce } from './topics-desk.ts'

const before = '  - {id: harvest, name: Harvest, any: [harvest, wheat]}\n'
const after = '  - {id: harvest, name: Harvest, any: [harvest, barley]}\n'
const articles = 1500

/** Adds articles straight to the archive of a desk, one in three about barley. */
function fill(folder: string): void {
  const store = openStore(databaseOf(folder))
  store.transaction(() => {
    for (let index = 0; index < articles; index++)
      keep(store, 'outlet', item(`${index % 3 === 0 ? 'Barley' : 'Oats'} report ${index}`), {
        at: Date.now(),
      })
  })
  store.close()
}

/** How far the re-tagging has come; undefined while or when none is under way. */
function position(folder: string): number | undefined {
  const db = new Database(databaseOf(folder), { readonly: true })
  const found = db.prepare('select after_article_id from retag').pluck().get()
  db.close()
  return typeof found === 'number' ? found : undefined
}

async function until<T>(look: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 2000; tries++) {
    const found = look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('waited too long')
}

describe('an archive tagged again after a rule changed', () => {
  let folder: string
  beforeAll(async () => {
    const feed = [
      { id: 'a', title: 'Harvest begins early' },
      { id: 'b', title: 'Wheat prices fall' },
      { id: 'c', title: 'Barley is cut in the south' },
    ]
    folder = await archiveOf([['outlet', feed]], before)
    editTopics(folder, after)
  }, 30_000)

  it('is refused while the change is not in force, with the remedy', async () => {
    const { code, stderr } = await presslark(['topics', 'retag'], folder)
    expect(code).toBe(1)
    expect(stderr).toContain('topics.yaml has changed and is not in force yet: harvest')
    expect(stderr).toContain('presslark run --once')
  })

  it('is listed with the old rule and a star until then, and listing puts nothing in force', async () => {
    const { stdout } = await presslark(['topics', 'list'], folder)
    expect(stdout).toMatch(/harvest +Harvest +v1 \* +2/)
    expect(await json(['topics', 'list'], folder)).toMatchObject([{ version: 1, changed: true }])
  })

  it('stays so when an edition is only looked at', async () => {
    const preview = await presslark(['digest', '--dry-run'], folder)
    expect(preview.stdout).toContain('Wheat prices fall')
    expect(await json(['topics', 'list'], folder)).toMatchObject([{ version: 1, changed: true }])
  })

  it('says per topic what was gained and lost, and the next edition goes by it', async () => {
    await putInForce(folder)
    expect(await json(['topics', 'retag', 'harvest'], folder)).toEqual([
      { topicId: 'harvest', version: 2, matched: 2, gained: 1, lost: 1 },
    ])
    const { stdout } = await presslark(['digest', '--dry-run'], folder)
    expect(stdout).toContain('Barley is cut in the south')
    expect(stdout).not.toContain('Wheat prices fall')
  })

  it('names the nearest topic when there is none of that name', async () => {
    const { code, stderr } = await presslark(['topics', 'retag', 'harvset'], folder)
    expect(code).toBe(2)
    expect(stderr).toContain('did you mean "harvest"?')
  })

  it('goes on after kill -9 where it was, and leaves nothing out', async () => {
    fill(folder)
    const child = start(['topics', 'retag'], folder)
    const end = ended(child)
    const reached = await until(() => position(folder))
    child.kill('SIGKILL')
    expect((await end).code).toBeNull()
    const left = position(folder)
    expect(left).toBeGreaterThanOrEqual(reached)
    expect(left).toBeLessThan(articles)
    const { stdout, stderr, code } = await presslark(['topics', 'retag'], folder)
    expect(code).toBe(0)
    expect(stderr).toContain(`An earlier run was cut off behind article ${left}; going on from there.`)
    expect(stdout).toMatch(/^harvest +v2 /m)
    expect(position(folder)).toBeUndefined()
    expect(await json(['topics', 'list'], folder)).toMatchObject([{ hits30d: 2 + articles / 3 }])
  }, 30_000)
})
