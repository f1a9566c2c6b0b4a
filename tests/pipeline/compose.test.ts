import { describe, expect, test } from 'vitest'
import type { EditionArticle } from '../../src/model/digest.ts'
import { composeEdition } from '../../src/pipeline/compose.ts'
import { a, b, c, seenIn } from './compose-outlets.ts'
import { article, FROM, material } from './edition-material.ts'

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
