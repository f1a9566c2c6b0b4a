// Stories by hand, from the command line: what a person sees of them, changes in them, and takes back.
import { beforeAll, describe, expect, it } from 'vitest'
import { presslark } from './command-line.ts'
import { archiveOf, json } from './topics-desk.ts'

const quake = {
  id: 'quake',
  title: 'Earthquake damages mosque in Karvan',
  text: 'An earthquake of magnitude 5.8 shook Karvan before dawn, damaging the old mosque and forty houses near the river Zelu.',
}
const tents = {
  id: 'tents',
  title: 'Tents sent to Karvan after earthquake',
  text: 'Lorries with tents and field kitchens left for Karvan, where the earthquake left hundreds of families beside the river Zelu.',
}
const tentsNow = { ...tents, title: 'Tents reach Karvan after earthquake' }
const ferry = { id: 'ferry', title: 'Ferry service to the island resumes', text: 'The ferry runs again.' }

describe('the stories of an archive', () => {
  let folder: string
  beforeAll(async () => {
    folder = await archiveOf(
      [
        ['first', [quake]],
        ['second', [tents]],
        ['second', [ferry, tentsNow]],
      ],
      '  - {id: quake, name: Quake, any: [earthquake]}\n',
    )
  }, 30_000)

  it('know their lead, outlets, languages, times, reasons and changed headlines', async () => {
    const { stdout } = await presslark(['stories', 'show', '1'], folder)
    expect(stdout).toMatch(
      /^Story 1: Earthquake damages mosque in Karvan\n {2}lead: article 1, Outlet first, grade/,
    )
    expect(stdout).toContain('  2 articles in 2 places; 2 outlets; 2 independent; ')
    expect(stdout).toMatch(/ {2}first seen 20.* UTC at Outlet first; last 20.* UTC\n/)
    expect(stdout).toMatch(/ {6}it reports the same event as what was there \(p 0\.\d\d\)\n/)
    expect(stdout).toContain(
      'Outlet second: "Tents sent to Karvan after earthquake" → "Tents reach Karvan after earthquake"',
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

  it.each([
    [['stories', 'split', 'x'], '"x" is not the id of an article'],
    [['stories', 'merge', '1', '99'], 'there is no story 99'],
    [['stories', 'show', '99'], 'there is no story 99'],
    [['stories', 'undo', '99'], 'there is no change 99'],
    [['stories', 'pin', '1', '--to', '0'], '"0" is not the id of a story'],
  ])('%j is refused: %s', async (args, problem) => {
    const { code, stderr } = await presslark(args, folder)
    expect(code).toBe(2)
    expect(stderr).toContain(problem)
  })
})
