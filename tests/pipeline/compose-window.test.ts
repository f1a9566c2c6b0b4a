import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EditionArticle, EditionMaterial } from '../../src/model/digest.ts'
import { composeEdition } from '../../src/pipeline/compose.ts'
import { renderText } from '../../src/pipeline/render-text.ts'
import { a, seenIn } from './compose-outlets.ts'
import { article, FROM, material, outlet, UNTIL } from './edition-material.ts'
import { goldenMaterial } from './golden-material.ts'

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
      lastDays: [1, 4], // the running day is what the edition itself counts
      languages: ['en'],
    })
    expect(glance(1, [])).not.toHaveProperty('usual')
  })

  test('compares like with like: sources that were not heard all the while count, and fake no spike', () => {
    const old = outlet('Tigris Post')
    const articles = Array.from({ length: 12 }, (_, index) =>
      article(index + 1, { outlet: index < 3 ? old : outlet('New Feed') }),
    )
    const baselines = [{ topicId: 'water', sameWeekday: [3, 3, 3, 3], lastDays: [] }]
    const edition = composeEdition(material(articles, { baselines, steadySources: [old.sourceId] }))
    expect(edition.atAGlance[0]).toMatchObject({
      articles: 12,
      compared: 3,
      usual: 3,
      aboveBaseline: false,
    })
    expect(renderText(edition)).toMatch(/Water · 12 · ±0 \(usually 3\)/)
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

  test('of a story that was told before make it a story that develops', () => {
    const old = article(1, { firstSeenAt: FROM - 9, revisions: [revision(FROM + 1, 'A', 'B')] })
    const earlierStories = [{ storyId: 1, outlets: 1, languages: ['en'], sourceIds: ['daily-example'] }]
    const edition = composeEdition(material([old], { earlierStories, afterArticleId: 1 }))
    expect(edition.developing).toMatchObject([{ added: { outlets: 0, languages: [], headline: true } }])
    expect(renderText(edition)).toMatch(/Developing\n-+\n\n- Headline 1\n[\s\S]*headline changed/)
    const back = { ...old, revisions: [...old.revisions, revision(FROM + 2, 'B', 'A')] }
    expect(composeEdition(material([back], { earlierStories, afterArticleId: 1 })).developing).toEqual([])
  })

  test('reach articles of earlier editions, which are told no second time', () => {
    const old = article(1, { firstSeenAt: FROM - 9, revisions: [revision(FROM + 1, 'A', 'B')] })
    const edition = composeEdition(material([old]))
    expect(edition.corrections).toHaveLength(1)
    expect(edition.sections.flatMap(({ stories }) => stories)).toEqual([])
  })
})

describe('withdrawals', () => {
  const gone = (seenAt: number, name = 'Daily Example', title = 'Bridge opens') => {
    return {
      outlet: outlet(name, { grade: name === 'Rumour' ? 'D' : 'B' }),
      title,
      url: `https://${name.length}.example/1`,
      seenAt,
    }
  }

  test('of the window are told, also of earlier editions, whose articles are told no second time', () => {
    const withdrawals = [
      gone(FROM - 1, 'Before'),
      gone(FROM + 5),
      gone(FROM + 2, 'Evening Example'),
      gone(UNTIL + 1, 'After'),
    ]
    const edition = composeEdition(material([article(1, { firstSeenAt: FROM - 9, withdrawals })]))
    expect(edition.withdrawals?.map(({ outlet: { name } }) => name)).toEqual([
      'Evening Example',
      'Daily Example',
    ])
    expect(edition.sections.flatMap(({ stories }) => stories)).toEqual([])
  })

  test('go by the grade of the outlet that took the entry out, and tell of an entry without a headline by its article', () => {
    const one = article(1, {
      title: 'Kept headline',
      withdrawals: [gone(FROM + 1, 'Rumour'), gone(FROM + 2, 'Daily Example', '')],
    })
    const { digest } = material([])
    const edition = composeEdition(material([one], { digest: { ...digest, minimumGrade: 'C' } }))
    expect(edition.withdrawals).toMatchObject([{ title: 'Kept headline', outlet: { name: 'Daily Example' } }])
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
