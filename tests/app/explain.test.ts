import { beforeAll, describe, expect, it } from 'vitest'
import { presslark } from './command-line.ts'
import { archiveOf, editTopics, json, putInForce, type Report } from './topics-desk.ts'

const topics = `  - {id: harvest, name: Harvest, any: [harvest, farmers, الحصاد]}
  - {id: bridge, name: Bridge, all: [bridge, river]}
  - {id: town, name: Town, any: [valley], none: [wheat]}
  - {id: persian, name: Persian, any: [harvest], where: {lang: fa}}
  - {id: rain, name: Rain, any: [rain]}
`
const text =
  'Farmers in the northern valley brought in the first wheat on Monday, two weeks before the usual date. ' +
  'The harvest is the largest in nine years, said the cooperative. The old bridge was closed to lorries.'
const report = (id: string, title: string): Report => ({ id, title, text })

describe('an article explained', () => {
  let folder: string
  beforeAll(async () => {
    const title = 'Northern valley brings in its largest harvest in nine years'
    const copied = report('copy-of-a', title)
    folder = await archiveOf(
      [
        ['first', [report('a', 'Valley brings in its largest harvest'), { id: 'x', title: 'Rain' }]],
        ['first', [report('a', title), { id: 'x', title: 'Rain' }]],
        ['second', [copied]],
      ],
      topics,
    )
  }, 30_000)

  it('shows the sentences with the matched words, and for every other topic why not', async () => {
    const { stdout, code } = await presslark(['explain', 'https://outlet.example/a'], folder)
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^Article \d+: Northern valley brings in its largest harvest in nine years\n {2}https/,
    )
    expect(stdout).toContain('  harvest (rule v1) by harvest, farmers\n')
    expect(stdout).toContain(
      '    title: Northern valley brings in its largest [harvest] in nine years\n' +
        '    summary: [Farmers] in the northern valley brought in the first wheat on Monday, two weeks before the usual date.\n' +
        '    summary: The [harvest] is the largest in nine years, said the cooperative.\n',
    )
    expect(stdout).toContain('  bridge: nothing of river (it has bridge)\n')
    expect(stdout).toContain('  town: excluded by wheat: "wheat" in the summary (it has valley, wheat)\n')
    expect(stdout).toContain('  persian: lang:fa does not hold (it has harvest)\n')
    expect(stdout).toContain('none of their terms occurs\n  rain: nothing of rain\n')
  })

  it('tells where it appeared, in which story it is and how its publisher changed it', async () => {
    const { stdout } = await presslark(['explain', 'https://outlet.example/copy-of-a'], folder)
    expect(stdout).toContain('  https://outlet.example/copy-of-a is a copy of this article')
    expect(stdout).toMatch(/ {2}first at Outlet first, 20.*UTC\n {2}then Outlet second \+0 min: /)
    expect(stdout).toMatch(/^Story \d+, alone: no story was like it, so it began this one$/m)
    expect(stdout).toContain(
      'the headline was "Valley brings in its largest harvest", now "Northern valley brings in its largest harvest in nine years"',
    )
  })

  it('gives all of it as data', async () => {
    expect(await json(['explain', 'https://outlet.example/a'], folder)).toMatchObject({
      title: 'Northern valley brings in its largest harvest in nine years',
      storyBecause: 'no-story-like-it',
      copy: null,
      matched: [{ topicId: 'harvest', version: 1, terms: ['harvest', 'farmers'], stale: false }],
      unmatched: [
        { topicId: 'bridge', missing: [{ because: 'absent', part: 'river' }] },
        { topicId: 'town', missing: [{ because: 'excluded', part: 'wheat' }] },
        { topicId: 'persian', missing: [{ because: 'metadata', part: 'lang:fa' }] },
        { topicId: 'rain', termsFound: [] },
      ],
      appearances: [{ because: 'first' }, { sourceId: 'second' }],
      changes: [{ oldTitle: 'Valley brings in its largest harvest' }],
    })
  })

  it('says when the rule in force came later than the article', async () => {
    editTopics(folder, topics.replace('any: [rain]', 'any: [wheat]').replace('harvest, farmers, ', ''))
    await putInForce(folder)
    const { stdout } = await presslark(['explain', 'https://outlet.example/a'], folder)
    expect(stdout).toContain('the rule in force would not match it; `presslark topics retag` mends that')
    expect(stdout).toContain('  rain: the rule in force would match it, but came later')
  })

  it('is refused for what is no article, with the remedy', async () => {
    const { code, stderr } = await presslark(['explain', '999'], folder)
    expect(code).toBe(2)
    expect(stderr).toContain('there is no article 999')
    expect(stderr).toContain('presslark search --json')
  })
})
