// Stories by hand, from the command line: what a person sees of them, changes in them, and takes back.
import Database from 'better-sqlite3'
import { beforeAll, describe, expect, it } from 'vitest'
import { fetched, item, openDesk } from '../jobs/desk.ts'
import { presslark } from './command-line.ts'
import { sourceLine, writeDesk } from './local-desk.ts'
import { databaseOf, json } from './topics-desk.ts'

const told = (guid: string, title: string, summary: string) =>
  item(guid, title, { summary, text: summary, url: `https://outlet.example/${guid}` })

const quake = told(
  'quake',
  'Earthquake damages mosque in Karvan',
  'An earthquake of magnitude 5.8 shook Karvan before dawn, damaging the old mosque and forty houses near the river Zelu.',
)
const tents = told(
  'tents',
  'Tents sent to Karvan after earthquake',
  'Lorries with tents and field kitchens left for Karvan, where the earthquake left hundreds of families beside the river Zelu.',
)
const tentsNow = { ...tents, title: 'Tents reach Karvan after earthquake' }
const ferry = told('ferry', 'Ferry service to the island resumes', 'The ferry runs again.')

/** A desk in a folder, its archive written as the service writes it. */
async function deskFolder(): Promise<string> {
  const lines = ['a', 'b', 'c'].map((id) => sourceLine(id, `http://127.0.0.1:8009/${id}`))
  const folder = writeDesk({ sources: `sources:\n${lines.join('')}` })
  const { store, ingest } = openDesk(databaseOf(folder))
  const now = Date.now()
  await ingest(1, fetched(now - 3000, [quake]))
  await ingest(2, fetched(now - 2000, [tents]))
  await ingest(2, fetched(now - 1000, [ferry, tentsNow]))
  store.close()
  return folder
}

describe('the stories of an archive', () => {
  let folder: string
  beforeAll(async () => {
    folder = await deskFolder()
  })

  it('know their lead, outlets, languages, times, reasons and changed headlines', async () => {
    const { stdout } = await presslark(['stories', 'show', '1'], folder)
    expect(stdout).toMatch(
      /^Story 1: Earthquake damages mosque in Karvan\n {2}lead: article 1, Outlet a, grade/,
    )
    expect(stdout).toContain('  2 articles in 2 places; 2 outlets; 2 independent; ')
    expect(stdout).toMatch(/ {2}first seen 20.* UTC at Outlet a; last 20.* UTC\n/)
    expect(stdout).toMatch(/ {6}it reports the same event as what was there \(p 0\.\d\d\)\n/)
    expect(stdout).toContain(
      'Outlet b: "Tents sent to Karvan after earthquake" → "Tents reach Karvan after earthquake"',
    )
  })

  it('are split, signed and explained, and the split is taken back', async () => {
    const split = ['stories', 'split', '2', '--reason', 'about the aid', '--by', 'anna']
    expect((await presslark(split, folder)).stdout).toBe(
      'Change 1: 1 article moved to story 3, 1 article held in place. To take it back: presslark stories undo 1\n',
    )
    const explained = (await presslark(['explain', '2'], folder)).stdout
    expect(explained).toContain('Story 3, alone: put here by hand (change 1)')
    expect(explained).toMatch(/ {4}1 {2}20.* UTC {2}split by anna: "about the aid" \(from story 1 to 3\)/)
    expect((await presslark(['stories', 'undo', '1', '--by', 'ben'], folder)).code).toBe(0)
    expect(await json(['stories', 'changes'], folder)).toMatchObject([
      { changeId: 2, verb: 'undo', undoes: 1, who: 'ben' },
      { changeId: 1, verb: 'split', undoneBy: 2, who: 'anna' },
    ])
    expect(await json(['stories', 'show', '1'], folder)).toMatchObject({
      lead: { articleId: 1 },
      places: [{ articleId: 1 }, { articleId: 2 }],
    })
    expect((await presslark(['stories', 'show', '3'], folder)).stdout).toMatch(
      /^Story 3 has no articles any more\n/,
    )
  })

  it('are merged, and the emptied one says where its articles went', async () => {
    expect(await json(['stories', 'merge', '1', '2'], folder)).toMatchObject({ storyIds: [1], moved: [3] })
    const { stdout } = await presslark(['stories', 'show', '2'], folder)
    expect(stdout).toMatch(/Changes\n {2}\d+ {2}20.* UTC {2}merged by /)
  })

  it('are computed anew, which finds what older rules had kept apart', async () => {
    const { stdout, code } = await presslark(['recluster', '--since', '1d'], folder)
    expect([stdout, code]).toEqual([
      '0 articles placed anew, 3 left where they are held: nothing moved.\n',
      0,
    ])
    await presslark(['stories', 'undo', '3'], folder)
    const db = new Database(databaseOf(folder))
    db.exec(`insert into story (id, created_at) values (9, 0); update article set story_id = 9 where id = 2`)
    db.close()
    expect(await json(['recluster'], folder)).toEqual({
      articles: 3,
      held: 0,
      moved: 1,
      begun: 0,
      changeId: 5,
    })
    expect((await presslark(['explain', '2'], folder)).stdout).toMatch(
      / {4}5 {2}20.* UTC {2}computed again by .*: "since 20.*" \(from story 9 to 1\)/,
    )
  })

  it.each([
    [['stories', 'split', 'x'], '"x" is not the id of an article', 'presslark search --json'],
    [['stories', 'split', '99'], 'there is no article 99', 'presslark search --json'],
    [['stories', 'show', 'x'], '"x" is not the id of a story', 'presslark explain'],
    [['stories', 'show', '99'], 'there is no story 99', 'presslark explain'],
    [['stories', 'merge', '98', '99'], 'there is no story 98', 'presslark explain'],
    [['stories', 'undo', 'x'], '"x" is not the id of a change', 'presslark stories changes'],
    [['stories', 'undo', '99'], 'there is no change 99', 'presslark stories changes'],
  ])('%j is refused, %s, with a command that shows the right one', async (args, problem, remedy) => {
    const { code, stderr } = await presslark(args, folder)
    expect(code).toBe(2)
    expect(stderr).toContain(problem)
    expect(stderr).toContain(remedy)
  })
})
