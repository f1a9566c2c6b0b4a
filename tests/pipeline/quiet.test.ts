import { describe, expect, test } from 'vitest'
import { composeEdition } from '../../src/pipeline/compose.ts'
import { renderText } from '../../src/pipeline/render-text.ts'
import { material, outlet } from './edition-material.ts'

const coverage = (state: 'ok' | 'failing') => [
  { outlet: outlet('Gate'), feedUrl: 'https://gate.example/', state, newItems: 0 },
]
const baseline = (counts: readonly number[]) => [
  { topicId: 'water', sameWeekday: counts, lastDays: Array.from({ length: 14 }, () => 0) },
]

describe('an edition without a top story', () => {
  test('does not claim quiet when nobody was heard', () => {
    const text = renderText(
      composeEdition(material([], { coverage: coverage('failing'), baselines: baseline([1, 2, 1, 2]) })),
    )
    expect(text).toContain('No source was heard, so nothing can be said about coverage.')
    expect(text).not.toContain('within their baseline')
  })

  test('compares with a baseline only when there is one', () => {
    const without = renderText(
      composeEdition(material([], { coverage: coverage('ok'), baselines: baseline([]) })),
    )
    expect(without).toContain('No significant coverage.')
    expect(without).not.toContain('within their baseline')
    const having = renderText(
      composeEdition(material([], { coverage: coverage('ok'), baselines: baseline([0, 1, 0, 0]) })),
    )
    expect(having).toContain('No significant coverage. All topics within their baseline.')
  })
})
