// Which ids newly computed groups get: those of the stories they are made of, as far as can be.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mapGroups, type Regrouped } from '../../src/pipeline/story-mapping.ts'

/** Articles numbered through, each `[story it was in, group it is in now]`. */
const articles = (...places: readonly (readonly [storyId: number, group: number])[]): readonly Regrouped[] =>
  places.map(([storyId, group], index) => ({ articleId: index + 1, storyId, group, isFixed: group < 100 }))
const ids = (...places: readonly (readonly [number, number])[]) =>
  Object.fromEntries(mapGroups(articles(...places)))

describe('newly computed groups', () => {
  it('are the stories they share most articles with', () => {
    expect(ids([1, 100], [1, 100], [1, 101], [2, 101], [2, 101])).toEqual({ 100: 1, 101: 2 })
  })

  it('leave the id to the larger part when a story falls apart, and the smaller part begins a new one', () => {
    expect(ids([1, 100], [1, 101], [1, 101])).toEqual({ 101: 1 })
  })

  it('take the id of the largest when stories grow together', () => {
    expect(ids([1, 100], [2, 100], [2, 100])).toEqual({ 100: 2 })
  })

  it('take the older id when they share as much with two', () => {
    expect(ids([2, 100], [1, 100])).toEqual({ 100: 1 })
  })

  it('never take the id of a story that something holds', () => {
    expect(ids([1, 1], [1, 100], [1, 100])).toEqual({ 1: 1 })
  })

  const regrouped = fc.array(
    fc.record({
      storyId: fc.integer({ min: 1, max: 6 }),
      group: fc.integer({ min: 100, max: 106 }),
      isFixed: fc.boolean(),
    }),
    { maxLength: 30 },
  )
  const numbered = (list: readonly Omit<Regrouped, 'articleId'>[]): readonly Regrouped[] =>
    list.map((one, index) => ({ ...one, articleId: index + 1, group: one.isFixed ? one.storyId : one.group }))

  it('never share an id, and what is held keeps its own', () => {
    fc.assert(
      fc.property(regrouped, (list) => {
        const all = numbered(list)
        const mapped = mapGroups(all)
        expect(new Set(mapped.values()).size).toBe(mapped.size)
        for (const { storyId, isFixed } of all) if (isFixed) expect(mapped.get(storyId)).toBe(storyId)
      }),
    )
  })

  it('get the same ids in whatever order the articles are looked at', () => {
    fc.assert(
      fc.property(regrouped, fc.nat(), (list, seed) => {
        const all = numbered(list)
        const turned = [...all.slice(seed % (all.length + 1)), ...all.slice(0, seed % (all.length + 1))]
        expect(new Map([...mapGroups(turned)].toSorted())).toEqual(new Map([...mapGroups(all)].toSorted()))
      }),
    )
  })

  it('that are the old stories under other numbers keep every id', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 30 }), (storyIds) => {
        const mapped = mapGroups(articles(...storyIds.map((storyId) => [storyId, 200 - storyId] as const)))
        for (const storyId of storyIds) expect(mapped.get(200 - storyId)).toBe(storyId)
      }),
    )
  })
})
