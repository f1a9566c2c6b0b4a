import { describe, expect, test } from 'vitest'
import { countVoices, wiresOf } from '../../src/pipeline/voices.ts'
import { article, outlet } from './edition-material.ts'

const none = wiresOf([])
const gate = outlet('Gate')
const bell = outlet('Bell')

describe('independent voices', () => {
  test('are owner families, not outlets', () => {
    const sister = outlet('Gate Evening', { family: gate.family })
    expect(
      countVoices(
        [article(1, { outlet: gate }), article(2, { outlet: sister }), article(3, { outlet: bell })],
        none,
      ),
    ).toBe(2)
  })

  test('of copies of a credited wire are one, whoever printed them', () => {
    const copies = [bell, outlet('Star'), outlet('Post')].map((one) => ({
      outlet: one,
      seenAt: 0,
      because: 'same-title',
    }))
    const told = { summary: 'BAGHDAD (Reuters) - The bridge opened on Monday.' }
    expect(countVoices([article(4, { outlet: gate, ...told, sightings: copies })], none)).toBe(1)
    expect(
      countVoices(
        [article(5, { outlet: gate, summary: 'The bridge opened on Monday.', sightings: copies })],
        none,
      ),
    ).toBe(4)
  })

  test('include a wire of the desk by the family that owns it', () => {
    const wire = outlet('Palmyra Wire', { kind: 'wire', family: 'palmyra' })
    const wires = wiresOf([wire])
    const original = article(6, { outlet: wire, summary: 'The bridge opened.' })
    const printed = article(7, { outlet: gate, summary: 'The bridge opened (Palmyra Wire).' })
    expect(countVoices([original, printed], wires)).toBe(1)
    expect(
      countVoices([original, article(8, { outlet: bell, summary: 'We saw the bridge open.' })], wires),
    ).toBe(2)
  })

  test('are not lost to a name that merely occurs', () => {
    const both = [
      article(9, { outlet: gate, summary: 'A guard of the Reuters building slept.' }),
      article(10, { outlet: bell, summary: 'Reuters building guarded.' }),
    ]
    expect(countVoices(both, none)).toBe(2)
  })
})
