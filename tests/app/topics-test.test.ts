import { beforeAll, describe, expect, it } from 'vitest'
import { presslark } from './command-line.ts'
import { archiveOf, json } from './topics-desk.ts'

const topics = `  - {id: harvest, name: Harvest, any: [harvest, barley, الحصاد]}
  - {id: bridge, name: Bridge, all: [bridge, river], none: [song]}
`

describe('topics tried on the archive', () => {
  let folder: string
  beforeAll(async () => {
    const titles = ['Harvest begins', 'A harvest', 'The harvest in town', 'Good harvest', 'موسم الحصاد بدأ']
    const feed = titles.map((title, index) => ({ id: `a${index}`, title }))
    folder = await archiveOf([['outlet', feed]], topics)
  }, 30_000)

  it('count articles per term, and name the dead and the noisy', async () => {
    const { stdout } = await presslark(['topics', 'test', 'harvest'], folder)
    expect(stdout).toContain('harvest: 5 articles\n        4  harvest  noisy: alone in 4\n')
    expect(stdout).toContain('        1  الحصاد\n        0  dead: barley\n')
    expect(stdout).toContain('dead: the term brought no article in this time\n')
    expect(stdout).toContain(
      "noisy: in more than half of the topic's articles this is the only term of the topic that occurs\n",
    )
  })

  it('are given as data with every term', async () => {
    expect(await json(['topics', 'test', '--since', '1d'], folder)).toMatchObject([
      {
        topicId: 'harvest',
        articles: 5,
        terms: [
          { term: 'harvest', articles: 4, alone: 4, note: 'noisy' },
          { term: 'الحصاد', articles: 1, alone: 1 },
          { term: 'barley', articles: 0, alone: 0, note: 'dead' },
        ],
      },
      { topicId: 'bridge', articles: 0 },
    ])
  })

  it('say of a text why one topic does not match', async () => {
    const { stdout } = await presslark(['topics', 'test', 'bridge', '--text', 'A song of the bridge'], folder)
    expect(stdout).toBe('bridge: no match: nothing of river; excluded by song: "song" in the summary\n')
  })

  it('refuse a time that is none, with the remedy', async () => {
    const { code, stderr } = await presslark(['topics', 'test', '--since', 'yesterday'], folder)
    expect(code).toBe(2)
    expect(stderr).toContain('write a span such as 7d')
  })
})
