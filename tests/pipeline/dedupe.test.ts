import { describe, expect, test } from 'vitest'
import { type ComparedArticle, type ComparedItem, decide } from '../../src/pipeline/dedupe.ts'
import type { Nearest } from '../../src/pipeline/dedupe-index.ts'

const incoming: ComparedItem = {
  sourceId: 'tigris-post',
  title: 'Parliament in Baghdad passes budget',
  text: 'Lawmakers approved the budget of 150 trillion dinars late on Sunday after months of delay.',
  url: 'https://tigris.example/1',
}
const article: ComparedArticle = { ...incoming, articleId: 7 }
const nearest: Nearest = {
  articleId: 7,
  sourceId: 'tigris-post',
  p: 0.934,
  isSameTitle: false,
  shares: ['lawmakers', 'budget'],
}

describe('the same item of a source', () => {
  test('is unchanged when it says the same word for word', () => {
    expect(decide(incoming, { sameItem: article })).toEqual({
      kind: 'unchanged',
      of: 7,
      because: 'same-guid',
    })
    expect(decide(incoming, { sameUrl: article })).toEqual({ kind: 'unchanged', of: 7, because: 'same-url' })
  })

  test('is a revision when its text changed, corrected when headline or numbers are other ones', () => {
    const grown = { ...incoming, text: `${incoming.text} The vote was the third.` }
    const renumbered = { ...incoming, text: incoming.text.replace('150', '140') }
    const retitled = { ...incoming, title: 'Budget passes' }
    const respelled = { ...incoming, title: 'Parliament in Baghdad passes budget.' }
    const revision = { kind: 'revision', of: 7, because: 'same-guid' }
    expect(decide(grown, { sameItem: article })).toEqual({ ...revision, corrected: false })
    expect(decide(renumbered, { sameItem: article })).toEqual({ ...revision, corrected: true })
    expect(decide(retitled, { sameItem: article })).toEqual({ ...revision, corrected: true })
    expect(decide(respelled, { sameItem: article })).toEqual({ ...revision, corrected: false })
  })

  test('is unchanged when another feed of the source carries less of it, and a revision when it carries more', () => {
    const shorter = { ...incoming, text: 'Lawmakers approved the budget of 150 [...]' }
    const longer = { ...incoming, text: `${incoming.text} The vote was the third.` }
    expect(decide(shorter, { sameUrl: article })).toEqual({ kind: 'unchanged', of: 7, because: 'same-url' })
    expect(decide(longer, { sameUrl: article })).toMatchObject({
      kind: 'revision',
      because: 'same-url',
      corrected: false,
    })
    expect(decide(shorter, { sameItem: article })).toMatchObject({ kind: 'revision', because: 'same-guid' })
  })

  test('is a revision that corrects nothing on a live page', () => {
    const live = { ...incoming, url: 'https://tigris.example/live/1', title: 'Vote live: now 140 in favour' }
    const decision = decide(live, { sameUrl: { ...article, title: 'Vote live: 120 in favour' }, nearest })
    expect(decision).toEqual({ kind: 'revision', of: 7, because: 'same-url', corrected: false })
  })

  test('is found by its item key before its URL and its text', () => {
    const other = { ...article, articleId: 8 }
    expect(decide(incoming, { sameItem: article, sameUrl: other, nearest })).toMatchObject({
      of: 7,
      because: 'same-guid',
    })
    expect(decide(incoming, { sameUrl: article, nearest: { ...nearest, articleId: 8 } })).toMatchObject({
      of: 7,
    })
  })
})

describe('an item that carries the URL of another source', () => {
  const poison: ComparedItem = {
    sourceId: 'mallory',
    title: 'Buy cheap dinars now',
    text: 'Our exchange offers the best rates for dinars and gold, call us today.',
    url: 'https://tigris.example/1',
  }

  test('is an article of its own when it says something else', () => {
    expect(decide(poison, { sameUrl: article })).toEqual({
      kind: 'new',
      because: 'other-text-under-known-url',
    })
  })

  test('neither revises nor hides the other when it claims its guid as well', () => {
    expect(decide(poison, { sameItem: article, sameUrl: article }).kind).toBe('new')
    expect(decide({ ...poison, title: `CORRECTED: ${article.title}` }, { sameUrl: article }).kind).not.toBe(
      'revision',
    )
  })

  test('is a copy when it says the same', () => {
    const copy = { ...incoming, sourceId: 'euphrates-daily', text: `${incoming.text} (Tigris Post)` }
    const duplicate = { kind: 'duplicate', of: 7, because: 'same-url', corrected: false }
    expect(decide(copy, { sameUrl: article })).toEqual(duplicate)
    expect(decide({ ...copy, title: '', text: '' }, { sameUrl: article, nearest })).toEqual(duplicate)
    expect(decide({ ...copy, title: '', text: '' }, { sameUrl: article }).kind).toBe('new')
  })
})

describe('an item that resembles an article', () => {
  test('is a copy, and says why', () => {
    expect(decide({ ...incoming, sourceId: 'euphrates-daily' }, { nearest })).toEqual({
      kind: 'duplicate',
      of: 7,
      because: 'near-duplicate p=0.93: shares lawmakers, budget',
      corrected: false,
    })
    expect(decide(incoming, { nearest: { ...nearest, isSameTitle: true } })).toMatchObject({
      because: 'same-title',
    })
  })

  test('supersedes the article when its source marks it as a correction or update; another source only copies', () => {
    const correction = { ...incoming, title: `CORRECTED-${incoming.title}` }
    const update = { ...incoming, title: `UPDATE 2-${incoming.title}` }
    expect(decide(correction, { nearest })).toMatchObject({ kind: 'revision', of: 7, corrected: true })
    expect(decide(update, { nearest })).toMatchObject({ kind: 'revision', of: 7, corrected: false })
    const elsewhere = { ...correction, sourceId: 'euphrates-daily' }
    expect(decide(elsewhere, { nearest })).toMatchObject({ kind: 'duplicate', of: 7, corrected: true })
  })

  test('is not a copy when it is a live page', () => {
    const live = { ...incoming, url: 'https://tigris.example/live/2' }
    expect(decide(live, { nearest }).kind).toBe('new')
  })

  test('is new when nothing resembles it', () => {
    expect(decide(incoming, {})).toEqual({ kind: 'new', because: 'unlike-any' })
  })
})
