import fc from 'fast-check'
import { expect, it } from 'vitest'
import { printOf } from '../../src/pipeline/echo-document.ts'
import type { Question, Verdict } from '../../src/pipeline/judge.ts'
import { packQuestions, unpackQuestions } from '../../src/pipeline/packed-questions.ts'
import { packVerdicts, unpackVerdicts } from '../../src/pipeline/packed-verdicts.ts'
import { LEAD_UNITS } from '../../src/text/fingerprint.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 40 })
const instant = fc.integer({ min: 0, max: 2 ** 45 })
const known = fc.record({ articleId: fc.nat(), sourceId: text, title: text, text })
const document = fc.record(
  {
    articleId: fc.constant(0),
    sourceId: text,
    family: text,
    title: text,
    text,
    at: instant,
    seenAt: instant,
  },
  { requiredKeys: ['articleId', 'sourceId', 'family', 'title', 'text', 'at'] },
)
const addresses = fc.record({ url: fc.webUrl(), language: text }, { requiredKeys: [] })
const question: fc.Arbitrary<Question> = fc
  .record({
    document: fc.tuple(document, addresses).map(([told, where]) => ({ ...told, ...where })),
    compared: text,
    known: fc.record({ sameItem: known, sameUrl: known }, { requiredKeys: [] }),
    isLate: fc.boolean(),
  })
  .map((asked) => asked as Question) // its optional properties may be absent, and are never undefined

/** What another thread needs of a question: of an entry that nothing is known of, its texts are not compared. */
function needed({ document: told, ...asked }: Question): Question {
  const isPlain = !asked.isLate && Object.keys(asked.known).length === 0
  const print = printOf(told)
  return {
    ...asked,
    compared: isPlain ? '' : asked.compared,
    document: { ...told, seenAt: told.seenAt ?? told.at, text: told.text.slice(0, LEAD_UNITS), print },
  }
}

it('carries questions to another thread as they are asked', () => {
  fc.assert(
    fc.property(fc.array(question, { maxLength: 5 }), (questions) => {
      const packed = structuredClone(packQuestions(questions))
      expect(unpackQuestions(packed)).toEqual(questions.map(needed))
    }),
  )
})

const report = fc.uint8Array({ maxLength: 30 })
const ids = { articleId: fc.nat(), storyId: fc.nat() }
const newVerdict = fc
  .record({
    decision: fc.record({ kind: fc.constant('new'), because: text }),
    ...ids,
    isNewStory: fc.boolean(),
    p: fc.double({ noNaN: true }),
    related: fc.array(fc.nat(), { maxLength: 3 }),
    why: text,
    report,
  })
  .map(({ isNewStory, p, related, why, ...verdict }) => {
    const storyId = isNewStory ? 'new' : verdict.storyId
    return { ...verdict, place: { storyId, p, related, because: why } }
  })
const changed = fc.record({
  kind: fc.constantFrom('duplicate', 'revision'),
  of: fc.nat(),
  because: text,
  corrected: fc.boolean(),
})
const unchanged = fc.record({ kind: fc.constant('unchanged'), of: fc.nat(), because: text })
const verdict = fc.oneof(
  newVerdict,
  fc.record({ decision: changed, report }),
  fc.record({ decision: unchanged }),
) as fc.Arbitrary<Verdict> // kinds are constants, which are typed as strings

it('carries verdicts back as they are given', () => {
  fc.assert(
    fc.property(fc.array(verdict, { maxLength: 6 }), (verdicts) => {
      const there = unpackVerdicts(structuredClone(packVerdicts(verdicts)))
      expect(there.map(withPlainReport)).toEqual(verdicts.map(withPlainReport))
    }),
  )
})

/** A list may be a view into a longer run of memory. */
function withPlainReport(given: Verdict) {
  return { ...given, report: given.report === undefined ? undefined : [...given.report] }
}
