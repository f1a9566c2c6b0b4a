import { beforeAll, describe, expect, it } from 'vitest'
import { presslark } from './command-line.ts'
import { archiveOf, editTopics, json } from './topics-desk.ts'

const before = `  - {id: harvest, name: Harvest, any: [harvest, wheat]}
  - {id: bridge, name: Bridge, any: [bridge]}
`
const after = `  - {id: harvest, name: Harvest, any: [harvest, الشعير], none: [festival]}
  - {id: bridge, name: Bridge, any: [bridge]}
  - {id: rain, name: Rain, any: [rain], where: {lang: fa}}
`

describe('topics.yaml compared with the rules in force', () => {
  let folder: string
  beforeAll(async () => {
    const feed = [
      { id: 'a', title: 'Harvest begins early' },
      { id: 'b', title: 'Harvest festival opens', text: 'A festival of song.' },
      { id: 'c', title: 'Wheat prices fall' },
      { id: 'd', title: 'حصاد الشعير في الجنوب' },
      { id: 'e', title: 'Rain over the valley' },
    ]
    folder = await archiveOf([['outlet', feed]], before)
  }, 30_000)

  it('finds nothing while they are the same', async () => {
    const { stdout } = await presslark(['topics', 'diff'], folder)
    expect(stdout).toBe('topics.yaml says what is in force already.\n')
  })

  it('shows what each changed topic gains and loses, by which words and why', async () => {
    editTopics(folder, after)
    const { stdout } = await presslark(['topics', 'diff'], folder)
    expect(stdout).toContain(
      'harvest: changed since v1: 3 articles before, 2 after, 1 gained, 2 lost\n  + 20',
    )
    expect(stdout).toMatch(/^ {2}\+ .* outlet {2}حصاد الشعير في الجنوب\n {6}"الشعير"$/m)
    expect(stdout).toMatch(
      /^ {2}- .*Harvest festival opens\n {6}excluded by festival: "festival" in the title, "festival" in the summary$/m,
    )
    expect(stdout).toMatch(/^ {2}- .*Wheat prices fall\n {6}nothing of \(harvest OR الشعير\)$/m)
    expect(stdout).toContain('rain: new: 0 articles before, 0 after')
    expect(stdout).not.toContain('bridge')
  })

  it('gives the same as data, and puts nothing in force', async () => {
    expect(await json(['topics', 'diff', 'harvest'], folder)).toMatchObject([
      {
        topicId: 'harvest',
        version: 1,
        changed: true,
        before: 3,
        after: 2,
        gained: [{ title: 'حصاد الشعير في الجنوب', source: 'outlet' }],
        lost: [{}, {}],
      },
    ])
    expect(await json(['topics', 'diff', 'rain'], folder)).toMatchObject([{ version: null, before: 0 }])
  })
})
