// What a story knows of itself.
import { describe, expect, it } from 'vitest'
import type { EditionArticle } from '../../src/model/digest.ts'
import { storyProfile } from '../../src/pipeline/story-profile.ts'
import { wiresOf } from '../../src/pipeline/voices.ts'
import { article, FROM, outlet } from './edition-material.ts'

const reuters = outlet('Reuters', { kind: 'wire', grade: 'A' })
const none = wiresOf([])
const leadOf = (...articles: readonly EditionArticle[]) => storyProfile(articles, none)?.lead.articleId

describe('the lead of a story', () => {
  const graded = (articleId: number, grade: 'A' | 'B' | 'C', more: Partial<EditionArticle> = {}) =>
    article(articleId, { outlet: outlet(`Outlet ${articleId}`, { grade }), firstSeenAt: FROM, ...more })

  it('is of the best grade, however late and short it came', () => {
    const late = graded(3, 'A', { firstSeenAt: FROM + 9 })
    expect(leadOf(graded(1, 'B', { body: 'long '.repeat(90) }), graded(2, 'C'), late)).toBe(3)
  })

  it('of equal grade is the earliest that was seen', () => {
    expect(
      leadOf(
        graded(1, 'B', { firstSeenAt: FROM + 2, body: 'long '.repeat(90) }),
        graded(2, 'B', { firstSeenAt: FROM + 1 }),
      ),
    ).toBe(2)
  })

  it('of equal grade and time is the one that says most, and first of all has an address', () => {
    const { url: _, ...bare } = graded(2, 'B', { body: 'long '.repeat(90) })
    expect(
      leadOf(graded(1, 'B', { summary: 'short' }), graded(3, 'B', { summary: 'somewhat longer' }), bare),
    ).toBe(3)
  })

  it('of articles alike in all of that is the first that was stored, in whatever order they are given', () => {
    expect(leadOf(graded(2, 'B'), graded(1, 'B'), graded(3, 'B'))).toBe(1)
  })
})

describe('a story', () => {
  const first = article(1, {
    outlet: outlet('Daily Example', { family: 'example' }),
    title: 'Third headline',
    summary: '(Reuters) - A bridge fell.',
    revisions: [
      { seenAt: FROM + 200_000, oldTitle: 'First headline', newTitle: 'Second headline' },
      { seenAt: FROM + 400_000, oldTitle: 'Second headline', newTitle: 'Third headline' },
      {
        seenAt: FROM + 500_000,
        oldTitle: 'Third headline',
        newTitle: 'Third headline',
        oldSummary: '1',
        newSummary: '2',
      },
    ],
    sightings: [
      {
        outlet: outlet('Evening Example', { family: 'example' }),
        url: 'https://evening.example/1',
        seenAt: FROM + 900_000,
        because: 'same-title',
      },
    ],
  })
  const second = article(2, {
    storyId: 1,
    language: 'ar',
    outlet: outlet('Al Mithal'),
    url: 'https://mithal.example/2',
    revisions: [{ seenAt: FROM + 300_000, oldTitle: 'قديم', newTitle: 'جديد' }],
  })
  const profile = storyProfile([second, first], wiresOf([reuters]))

  it('knows its languages, outlets, and when and where it was first and last seen', () => {
    expect(profile).toMatchObject({
      outlets: 3,
      languages: ['ar', 'en'],
      firstSeenAt: FROM + 60_000,
      lastSeenAt: FROM + 900_000,
      articles: [{ articleId: 1 }, { articleId: 2 }],
    })
    expect(profile?.appearances.map(({ outlet: { name } }) => name)).toEqual([
      'Daily Example',
      'Al Mithal',
      'Evening Example',
    ])
  })

  it('counts copies of a wire as one voice', () => {
    expect(profile?.independent).toBe(2)
  })

  it('knows every headline it had, of all its articles, oldest first', () => {
    expect(
      profile?.headlines.map(({ articleId, oldTitle, newTitle }) => [articleId, oldTitle, newTitle]),
    ).toEqual([
      [1, 'First headline', 'Second headline'],
      [2, 'قديم', 'جديد'],
      [1, 'Second headline', 'Third headline'],
    ])
  })

  it('without articles has no profile', () => {
    expect(storyProfile([], none)).toBeUndefined()
  })
})
