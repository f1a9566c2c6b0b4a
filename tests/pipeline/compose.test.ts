import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EditionArticle, EditionMaterial } from '../../src/model/digest.ts'
import { composeEdition } from '../../src/pipeline/compose.ts'
import { article, FROM, material, outlet, UNTIL } from './edition-material.ts'
import { goldenMaterial } from './golden-material.ts'

const [a, b, c] = [outlet('Alpha', { grade: 'A' }), outlet('Beta'), outlet('Gamma', { family: 'beta' })]
const seenIn = (name: ReturnType<typeof outlet>) => ({
  outlet: name,
  url: `https://${name.sourceId}.example/copy`,
  seenAt: UNTIL - 1000,
  because: 'same-text',
})

describe('top stories', () => {
  test('weigh independent outlets, topic weight and grade', () => {
    const edition = composeEdition(
      material([
        article(1, { topics: { trade: '' }, sightings: [seenIn(a), seenIn(b)] }), // 3 voices x 1 x .8
        article(2, { topics: { water: '' }, sightings: [seenIn(b)] }), // 2 voices x 2 x .8
        article(3, { topics: { water: '' }, outlet: a, sightings: [seenIn(b)] }), // 2 voices x 2 x 1
      ]),
    )
    expect(edition.topStories.map(({ storyId }) => storyId)).toEqual([3, 2, 1])
  })

  test('are three at most', () => {
    const many = [1, 2, 3, 4, 5].map((id) => article(id, { sightings: [seenIn(a)] }))
    expect(composeEdition(material(many)).topStories).toHaveLength(3)
  })

  test('are none when one owner is the only voice, however many copies it prints', () => {
    const edition = composeEdition(material([article(1, { outlet: b, sightings: [seenIn(c), seenIn(c)] })]))
    expect(edition.topStories).toEqual([])
    expect(edition.sections[0]?.stories).toHaveLength(1)
  })

  test('leave out topics of no weight', () => {
    const topics = [{ topicId: 'water', name: 'Water', weight: 0 }]
    expect(composeEdition(material([article(1, { sightings: [seenIn(a)] })], { topics })).topStories).toEqual(
      [],
    )
  })
})

describe('a story', () => {
  test('is led by the best grade, then by who had it first, then by who says most', () => {
    const leadOf = (articles: readonly EditionArticle[]) =>
      composeEdition(material(articles)).sections[0]?.stories[0]?.lead.articleId
    const at = FROM + 60_000
    const base = { storyId: 1, firstSeenAt: at }
    expect(leadOf([article(1, base), article(2, { ...base, outlet: a, firstSeenAt: at + 9 })])).toBe(2)
    expect(leadOf([article(1, { ...base, firstSeenAt: at + 1 }), article(2, base)])).toBe(2)
    expect(leadOf([article(1, base), article(2, { ...base, summary: 'more' })])).toBe(2)
  })

  test('counts articles, outlets and independent voices apart', () => {
    const edition = composeEdition(
      material([
        article(1, { storyId: 1, outlet: a }),
        article(2, { storyId: 1, outlet: b }),
        article(3, { storyId: 1, outlet: c, sightings: [seenIn(b), seenIn(b)] }),
      ]),
    )
    const story = edition.sections[0]?.stories[0]
    expect(story).toMatchObject({ articles: 4, outlets: 3, independent: 2 })
    expect(story?.alsoIn.map((line) => line.outlet.name)).toEqual(['Beta', 'Gamma'])
    expect(story?.firstSeen).toEqual({ outlet: 'Alpha', at: FROM + 60_000 })
  })

  test('is told in its first topic and referred to in the others', () => {
    const [water, trade] = composeEdition(
      material([article(1, { topics: { trade: '', water: '' } })]),
    ).sections
    expect(water?.stories.map(({ storyId }) => storyId)).toEqual([1])
    expect(trade).toMatchObject({ stories: [], elsewhere: [{ storyId: 1, toldIn: 'water' }], more: 0 })
  })

  test('that its first topic has no room for is told in the next', () => {
    const both = [1, 2].map((id) => article(id, { topics: { water: '', trade: '' } }))
    const { digest } = material([])
    const edition = composeEdition(material(both, { digest: { ...digest, storiesPerSection: 1 } }))
    expect(
      edition.sections.map(({ stories, elsewhere, more }) => [stories.length, elsewhere?.length, more]),
    ).toEqual([
      [1, 0, 1],
      [1, 1, 0],
    ])
  })

  test('shows the sentence that matched, with the matched words marked', () => {
    const summary = 'It rained. The new  dam\nholds less water. It is old.'
    const [section] = composeEdition(
      material([article(1, { summary, topics: { water: 'less water' } })]),
    ).sections
    const hit = section?.stories[0]?.hit
    expect(hit?.text).toBe('The new dam holds less water.')
    expect(hit?.marks.map(({ start, end }) => hit.text.slice(start, end))).toEqual(['less water'])
  })

  test('marks the words of the title when nothing else matched', () => {
    const [section] = composeEdition(
      material([article(1, { title: 'The  old dam', topics: { water: 'dam' } })]),
    ).sections
    const story = section?.stories[0]
    expect(story).not.toHaveProperty('hit')
    expect(story?.lead.titleMarks).toEqual([{ start: 8, end: 11 }])
  })

  test('names whose sentence it is when the lead does not have one for the topic', () => {
    const edition = composeEdition(
      material([
        article(1, { storyId: 1, outlet: a, topics: { trade: '' } }),
        article(2, { storyId: 1, outlet: b, summary: 'The dam is low.', topics: { water: 'dam' } }),
      ]),
    )
    expect(edition.sections[0]?.stories[0]?.hit).toMatchObject({ text: 'The dam is low.', outlet: 'Beta' })
  })

  test('survives spans that do not fit its text', () => {
    const broken = {
      ...article(1, { summary: 'short' }),
      matches: [{ topicId: 'water', spans: [{ field: 'summary', start: 3, end: 99, term: 'x' }] as const }],
    }
    expect(composeEdition(material([broken])).sections[0]?.stories[0]).not.toHaveProperty('hit')
  })
})

describe('a story of an earlier edition', () => {
  const earlier = (details: object) => ({
    earlierStories: [{ storyId: 1, outlets: 1, languages: ['en'], ...details }],
  })
  const story = article(1, { outlet: a, sightings: [seenIn(b)] })

  test('is developing when a new outlet has it, and is told nowhere else', () => {
    const edition = composeEdition(material([story], earlier({ sourceIds: ['alpha'] })))
    expect(edition.developing).toMatchObject([{ storyId: 1, added: { outlets: 1, languages: [] } }])
    expect(edition.sections.flatMap(({ stories }) => stories)).toEqual([])
  })

  test('is developing when it has reached a new language', () => {
    const persian = article(2, { storyId: 1, outlet: a, language: 'fa' })
    const edition = composeEdition(material([persian], earlier({ sourceIds: ['alpha'] })))
    expect(edition.developing).toMatchObject([{ added: { outlets: 0, languages: ['fa'] } }])
  })

  test('is only counted when nobody new has it', () => {
    const edition = composeEdition(material([story], earlier({ sourceIds: ['alpha', 'beta'] })))
    expect(edition).toMatchObject({ developing: [], repeatsSuppressed: 1 })
  })

  test('is judged by the number of outlets when their names were not kept', () => {
    expect(composeEdition(material([story], earlier({ outlets: 1 }))).developing).toHaveLength(1)
    expect(composeEdition(material([story], earlier({ outlets: 2 }))).repeatsSuppressed).toBe(1)
  })
})

describe('at a glance', () => {
  const glance = (count: number, sameWeekday: readonly number[]) => {
    const articles = Array.from({ length: count }, (_, index) => article(index + 1))
    const baselines = [{ topicId: 'water', sameWeekday, lastDays: [1, 2] }]
    return composeEdition(material(articles, { baselines })).atAGlance[0]
  }

  test('counts articles and stories and compares with the median of the weekday', () => {
    expect(glance(4, [2, 9, 3])).toMatchObject({
      articles: 4,
      stories: 4,
      usual: 3,
      lastDays: [1, 2],
      languages: ['en'],
    })
    expect(glance(1, [])).not.toHaveProperty('usual')
  })

  test.each([
    [6, [2, 3, 2, 3], true],
    [4, [2, 3, 2, 3], false], // less than twice the median
    [6, [1, 1, 1, 6], false], // one of the days had as many
    [2, [0, 0, 0, 0], false], // too few to mean anything
    [3, [0, 0, 0, 0], true],
  ])('%d articles against %j stands out: %s', (count, days, standsOut) => {
    expect(glance(count, days)?.aboveBaseline).toBe(standsOut)
  })
})

describe('coverage', () => {
  test('counts sources as heard when one of their feeds was, and lists every feed that is not well', () => {
    const feed = (name: string, state: EditionMaterial['coverage'][number]['state'], path = 'rss') => ({
      outlet: outlet(name),
      feedUrl: `https://${name}.example/${path}`,
      state,
      newItems: 1,
    })
    const coverage = [
      feed('a', 'ok'),
      feed('a', 'failing', 'old'),
      feed('b', 'lossy'),
      feed('c', 'silent'),
      feed('d', 'gone'),
    ]
    const summary = composeEdition(material([], { coverage })).coverage
    expect(summary).toMatchObject({ heard: 2, of: 4, articles: 240, duplicates: 31 })
    expect(summary.troubled.map(({ state }) => state)).toEqual(['failing', 'gone', 'silent', 'lossy'])
  })
})

describe('corrections', () => {
  const revision = (seenAt: number, oldTitle: string, newTitle: string) => ({ seenAt, oldTitle, newTitle })

  test('join the changes of the window into one', () => {
    const revisions = [
      revision(FROM - 1, 'A', 'B'),
      revision(FROM + 1, 'B', 'C'),
      revision(FROM + 2, 'C', 'D'),
    ]
    const edition = composeEdition(material([article(1, { title: 'D', revisions })]))
    expect(edition.corrections).toMatchObject([{ oldTitle: 'B', newTitle: 'D', seenAt: FROM + 2 }])
  })

  test('leave out what was taken back or looks the same', () => {
    const revisions = [revision(FROM + 1, 'B', 'C'), revision(FROM + 2, 'C', 'B ')]
    expect(composeEdition(material([article(1, { revisions })])).corrections).toEqual([])
  })

  test('reach articles of earlier editions, which are told no second time', () => {
    const old = article(1, { firstSeenAt: FROM - 9, revisions: [revision(FROM + 1, 'A', 'B')] })
    const edition = composeEdition(material([old]))
    expect(edition.corrections).toHaveLength(1)
    expect(edition.sections.flatMap(({ stories }) => stories)).toEqual([])
  })
})

describe('which articles an edition tells', () => {
  const titles = (articles: readonly EditionArticle[], details: Partial<EditionMaterial> = {}) =>
    composeEdition(material(articles, details)).sections.flatMap(({ stories }) =>
      stories.map(({ lead }) => lead.articleId),
    )

  test('goes by id, so that one stored while the last edition was made is told in this one', () => {
    const late = article(8, { firstSeenAt: FROM - 2000 })
    expect(titles([article(7), late], { afterArticleId: 7 })).toEqual([8])
  })

  test('loses none when no id is given', () => {
    expect(titles([article(8, { firstSeenAt: FROM - 2000 })])).toEqual([8])
  })

  test('includes an older one that another outlet copied in the window', () => {
    expect(
      titles([article(7, { firstSeenAt: FROM - 2000, sightings: [seenIn(a)] })], { afterArticleId: 7 }),
    ).toEqual([7])
  })
})

test('the minimum grade leaves out what is below and counts it', () => {
  const { digest } = material([])
  const articles = [article(1, { outlet: outlet('Low', { grade: 'E' }) }), article(2, { outlet: a })]
  const edition = composeEdition(material(articles, { digest: { ...digest, minimumGrade: 'C' } }))
  expect(edition.belowMinimumGrade).toBe(1)
  expect(edition.appendix.links.map((line) => line.outlet.name)).toEqual(['Alpha'])
})

test('links of other schemes are left out, credentials and trackers go', () => {
  const edition = composeEdition(
    material([
      article(1, { url: 'javascript:alert(1)' }),
      article(2, { url: 'https://u:p@x.example/?utm_source=a' }),
    ]),
  )
  expect(JSON.stringify(edition)).not.toMatch(/javascript:|u:p@|utm_/)
  expect(edition.appendix.links[0]?.links.map(({ url }) => url)).toEqual([undefined, 'https://x.example/'])
})

describe('whatever the material', () => {
  const topicIds = ['water', 'trade']
  const anyArticle = fc
    .record({
      storyId: fc.integer({ min: 1, max: 6 }),
      name: fc.constantFrom('Alpha', 'Beta', 'Gamma', 'Delta'),
      topics: fc.subarray(topicIds, { minLength: 1 }),
      ago: fc.integer({ min: 0, max: 2 * (UNTIL - FROM) }),
    })
    .map(({ storyId, name, topics, ago }) => ({
      storyId,
      outlet: outlet(name),
      firstSeenAt: UNTIL - ago,
      topics: Object.fromEntries(topics.map((id) => [id, ''])),
    }))
  const anyMaterial = fc
    .array(anyArticle, { maxLength: 25 })
    .map((list) => list.map((one, index) => article(index + 1, one)))

  test('no story of a topic is lost: told, referred to, or counted', () => {
    fc.assert(
      fc.property(anyMaterial, fc.integer({ min: 1, max: 3 }), (articles, storiesPerSection) => {
        const { digest } = material([])
        const edition = composeEdition(
          material(articles, { afterArticleId: 5, digest: { ...digest, storiesPerSection } }),
        )
        const fresh = new Set(articles.filter(({ articleId }) => articleId > 5).map(({ storyId }) => storyId))
        for (const { topic, stories, elsewhere = [], more } of edition.sections) {
          const ofTopic = articles.filter(
            (one) => fresh.has(one.storyId) && one.matches.some(({ topicId }) => topicId === topic.topicId),
          )
          expect(stories.length + elsewhere.length + more).toBe(
            new Set(ofTopic.map(({ storyId }) => storyId)).size,
          )
          expect(stories.length).toBeLessThanOrEqual(storiesPerSection)
        }
        const told = edition.sections.flatMap(({ stories }) => stories.map(({ storyId }) => storyId))
        expect(new Set(told).size).toBe(told.length)
      }),
    )
  })

  test('its order does not matter', () => {
    fc.assert(
      fc.property(anyMaterial, (articles) => {
        expect(composeEdition(material(articles.toReversed()))).toEqual(composeEdition(material(articles)))
      }),
    )
  })

  test('it is left as it was', () => {
    const given = goldenMaterial('en')
    const before = JSON.stringify(given)
    composeEdition(given)
    expect(JSON.stringify(given)).toBe(before)
  })
})
