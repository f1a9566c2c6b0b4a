// Stories computed anew: what the rules of today say, without a new id for what remains and without touching what people decided.
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import {
  mergeStories,
  pinArticles,
  type Reclustered,
  recluster,
  splitStory,
  undoStoryChange,
} from '../../src/jobs/index.ts'
import { openStore } from '../../src/store/index.ts'
import { fetched, item, openDesk, type TestDesk } from './desk.ts'

const hourMs = 3_600_000
const told = (guid: string, title: string, summary: string) =>
  item(guid, title, { summary, text: summary, url: `https://outlet.example/${guid}` })

/** Two events in three reports each, told in turns. */
const reports = [
  told(
    'quake-1',
    'Earthquake damages mosque in Karvan',
    'An earthquake of magnitude 5.8 shook Karvan before dawn, damaging the old mosque and forty houses near the river Zelu.',
  ),
  told(
    'ferry-1',
    'Ferry Almira runs aground off Tarsa island',
    'The ferry Almira with 212 passengers ran aground on a sandbank off Tarsa island in thick fog, the coast guard of Velmar said.',
  ),
  told(
    'quake-2',
    'Tents sent to Karvan after earthquake',
    'Lorries with tents and field kitchens left for Karvan, where the earthquake left hundreds of families beside the river Zelu.',
  ),
  told(
    'ferry-2',
    'Passengers of the Almira brought ashore at Tarsa',
    'Fishing boats carried the passengers of the grounded ferry Almira from the sandbank to Tarsa, while the coast guard waited for the tide.',
  ),
  told(
    'quake-3',
    'Governor visits Karvan after the earthquake',
    'The governor walked through the bazaar of Karvan, promised more tents and asked families to stay away from the river Zelu after the earthquake.',
  ),
  told(
    'ferry-3',
    'Tugs pull the ferry Almira off the sandbank',
    'Two tugs from Velmar pulled the ferry Almira off the sandbank near Tarsa island at high tide, the coast guard said.',
  ),
]

/** A desk that has heard every report, an hour apart. */
async function heard(): Promise<TestDesk> {
  const desk = openDesk()
  for (const [index, report] of reports.entries())
    await desk.ingest(1 + (index % 3), fetched((index + 1) * hourMs, [report]))
  return desk
}

const storiesOf = ({ store }: TestDesk) => [1, 2, 3, 4, 5, 6].map((id) => store.articles.load(id)?.storyId)

/** Puts articles into stories as an older version of the program might have done. */
function misplace({ path }: TestDesk, storyIds: readonly number[]): void {
  const db = new Database(path)
  for (const [index, storyId] of storyIds.entries()) {
    db.prepare('insert into story (id, created_at) values (?, 0) on conflict do nothing').run(storyId)
    db.prepare(`update article set story_id = ?, story_because = 'older rules' where id = ?`).run(
      storyId,
      index + 1,
    )
  }
  db.close()
}

const anew = (
  { store, desk }: TestDesk,
  more: { since?: number; onArticles?: () => void; onAgain?: () => void } = {},
): Promise<Reclustered | undefined> =>
  recluster(
    { store, desk, since: more.since ?? 0, now: 9 * hourMs, who: 'anna' },
    more.onArticles ?? (() => undefined),
    more.onAgain ?? (() => undefined),
  )

describe('stories computed anew', () => {
  it('stay as they are when the rules that made them are those of today', async () => {
    const desk = await heard()
    expect(storiesOf(desk)).toEqual([1, 2, 1, 2, 1, 2])
    expect(await anew(desk)).toEqual({ articles: 6, held: 0, moved: 0, begun: 0 })
    expect(desk.store.storyChanges.latest()).toBe(0)
  })

  it('are brought in order, keep the ids of what remains, and a second time change nothing', async () => {
    const desk = await heard()
    misplace(desk, [7, 7, 7, 8, 9, 8])
    expect(await anew(desk)).toMatchObject({ moved: 2, begun: 0, changeId: 1 })
    expect(storiesOf(desk)).toEqual([7, 8, 7, 8, 7, 8])
    expect(desk.store.dossiers.read(5)?.facts.storyBecause).toMatch(/^same-event p=[01]\.\d\d$/)
    expect(await anew(desk)).toMatchObject({ moved: 0 })
  })

  it('can be taken back as a whole', async () => {
    const desk = await heard()
    misplace(desk, [7, 7, 7, 8, 9, 8])
    await anew(desk)
    undoStoryChange({ store: desk.store, now: 10 * hourMs, who: 'ben', reason: '' }, 1)
    expect(storiesOf(desk)).toEqual([7, 7, 7, 8, 9, 8])
    expect(desk.store.dossiers.read(5)?.facts.storyBecause).toBe('older rules')
  })

  it('leave articles where people split, merged and pinned them', async () => {
    const desk = await heard()
    const by = { store: desk.store, now: 8 * hourMs, who: 'anna', reason: '' }
    splitStory(by, [5])
    pinArticles(by, [4], 1)
    expect(storiesOf(desk)).toEqual([1, 2, 1, 1, 3, 2])
    expect(await anew(desk)).toMatchObject({ articles: 2, held: 4 })
    expect(storiesOf(desk).slice(2, 5)).toEqual([1, 1, 3])
    mergeStories(by, [2, 3])
    expect(await anew(desk)).toMatchObject({ held: 6, moved: 0 })
  })

  it('go by the stories of the days before, and move nothing of those days', async () => {
    const desk = await heard()
    misplace(desk, [7, 8, 9, 8, 9, 9])
    expect(await anew(desk, { since: 5 * hourMs })).toMatchObject({ articles: 2, held: 4 })
    const [, , , , fifth, sixth] = storiesOf(desk)
    expect([7, 9]).toContain(fifth)
    expect(sixth).toBe(8)
    expect(storiesOf(desk).slice(0, 4)).toEqual([7, 8, 9, 8])
  })

  it('gather a copy that was told apart before with its original, and keep both articles', async () => {
    const desk = await heard()
    const copy = desk.store.articles.load(1)
    const again = told('copy', copy?.title ?? '', copy?.summary ?? '')
    const feed = desk.store.feeds.list()[2]
    const storyId = desk.store.stories.create(0)
    const articleId = desk.store.articles.insert({
      item: again,
      sourceId: 'c',
      feedId: feed?.id ?? 0,
      firstSeenAt: 7 * hourMs,
      storyId,
      storyBecause: 'older rules',
    })
    expect(await anew(desk)).toMatchObject({ moved: 1 })
    expect(desk.store.dossiers.read(articleId)?.facts).toMatchObject({
      storyId: 1,
      storyBecause: 'same-title of=1',
    })
  })

  it('are computed once more when somebody changes stories meanwhile, and given up when that never ends', async () => {
    const desk = await heard()
    misplace(desk, [7, 7, 7, 8, 9, 8])
    const other = openStore(desk.path)
    const change = () => void pinArticles({ store: other, now: 0, who: 'ben', reason: '' }, [6], undefined)
    let again = 0
    const once = { onArticles: () => (again === 0 ? change() : undefined), onAgain: () => again++ }
    expect(await anew(desk, once)).toMatchObject({ held: 1, moved: 2 })
    expect(again).toBe(1)
    expect(await anew(desk, { onArticles: change })).toBeUndefined()
    other.close()
  })

  it('take in what a service stores meanwhile, and the service goes by the result', async () => {
    const desk = openDesk()
    for (const [index, report] of reports.slice(0, 4).entries())
      await desk.ingest(1 + (index % 3), fetched((index + 1) * hourMs, [report]))
    misplace(desk, [7, 8, 7, 8])
    let fifth: Promise<unknown> | undefined
    const meanwhile = () => {
      fifth ??= desk.ingest(2, fetched(5 * hourMs, [reports[4] ?? item('x', 'x')]))
    }
    expect(await anew(desk, { onArticles: meanwhile })).toMatchObject({ articles: 5 })
    await fifth
    await desk.ingest(3, fetched(6 * hourMs, [reports[5] ?? item('x', 'x')]))
    expect(storiesOf(desk)).toEqual([7, 8, 7, 8, 7, 8])
  })
})
