import { describe, expect, it } from 'vitest'
import { createStoryIndex } from '../../src/pipeline/cluster.ts'
import { createDuplicateIndex } from '../../src/pipeline/dedupe-index.ts'
import { judgeItems, type Question } from '../../src/pipeline/judge.ts'

const text =
  'Farmers in the valley brought in the first wheat of the season after a wet spring kept their combines in the sheds'

function ask(sourceId: string, title: string, more: Partial<Question> = {}): Question {
  const document = { articleId: 0, sourceId, family: sourceId, title, text, at: 1_000 }
  return { document, compared: text, known: {}, isLate: false, ...more }
}

const known = { articleId: 7, sourceId: 'a', title: 'Harvest begins', text: 'Nothing of it was said before' }

function open() {
  const indexes = { duplicates: createDuplicateIndex(), stories: createStoryIndex() }
  const lastIds = { articleId: 40, storyId: 20 }
  return { lastIds, judge: (...questions: Question[]) => judgeItems(indexes, questions, lastIds) }
}

describe('verdicts', () => {
  it('number what is new, and know at once what came before in the same call', () => {
    const { judge, lastIds } = open()
    const [first, second] = judge(
      ask('a', 'Harvest begins in the valley'),
      ask('b', 'Harvest begins in the valley'),
    )
    expect(first).toMatchObject({
      decision: { kind: 'new' },
      articleId: 41,
      storyId: 21,
      place: { storyId: 'new' },
    })
    expect(second?.decision).toMatchObject({ kind: 'duplicate', of: 41 })
    expect(lastIds).toEqual({ articleId: 41, storyId: 21 })
  })

  it('end before a question about an article that one of them revises', () => {
    const { judge } = open()
    const revising = ask('a', 'Harvest begins', { known: { sameItem: known } })
    const other = ask('b', 'Ferry stays in harbour')
    const verdicts = judge(
      revising,
      other,
      ask('c', 'Harvest is told again', { known: { sameUrl: known } }),
      other,
    )
    expect(verdicts.map(({ decision }) => decision.kind)).toEqual(['revision', 'new'])
  })

  it('leave what is known as a newer fetch said', () => {
    const { judge } = open()
    const [verdict] = judge(ask('a', 'Harvest begins', { known: { sameItem: known }, isLate: true }))
    expect(verdict).toEqual({ decision: { kind: 'unchanged', of: 7, because: 'same-guid' } })
  })
})
