// v_stories calls a story what its lead calls it: the same article that an edition shows.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { storyProfile } from '../../src/pipeline/story-profile.ts'
import { wiresOf } from '../../src/pipeline/voices.ts'
import { openStore } from '../../src/store/index.ts'
import { item, keep, noon, source, temporaryFolder } from './archive.ts'

const grades = ['A', 'B', 'C', 'D', 'E'] as const

const someReports = fc.array(
  fc.record({
    grade: fc.constantFrom(...grades),
    at: fc.constantFrom(noon, noon + 1, noon + 2),
    hasPage: fc.boolean(),
    summary: fc.constantFrom('', 'short', 'وقف إطلاق النار في الجنوب', 'a longer summary than the others'),
    story: fc.nat(14),
  }),
  { minLength: 1, maxLength: 60 },
)

test('v_stories names the headline of the lead, whatever a story holds', () => {
  fc.assert(
    fc.property(someReports, (reports) => {
      const path = join(temporaryFolder(), 'press.db')
      const store = openStore(path)
      store.feeds.sync(grades.map((grade) => ({ ...source(grade), grade })))
      const storyIds = Array.from({ length: 15 }, () => store.stories.create(noon))
      for (const [index, { grade, at, hasPage, summary, story }] of reports.entries()) {
        const url = hasPage ? { url: `https://press.example/${index}` } : {}
        keep(store, grade, item(`Report ${index}`, { summary, ...url }), {
          at,
          storyId: storyIds[story] ?? 0,
        })
      }
      const db = new Database(path, { readonly: true })
      const rows = db.prepare('select id, title from v_stories order by id').all()
      const expected = storyIds.flatMap((id) => {
        const profile = storyProfile(store.stories.articles(id), wiresOf([]))
        return profile === undefined ? [] : [{ id, title: profile.lead.title }]
      })
      db.close()
      store.close()
      expect(rows).toEqual(expected)
    }),
    { numRuns: 6 },
  )
})
