import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { table } from '../../src/app/table.ts'
import { columnsOf } from '../../src/text/columns.ts'

const header = ['topic', 'name', 'group', 'hits']
const rows = [
  ['iraqi-armed-groups', 'Popular mobilisation and other armed groups', 'Iraq: security', '12'],
  ['bread', 'أسعار الخبز والوقود في المحافظات الجنوبية والغربية', 'اقتصاد', '3'],
]
const widest = (text: string): number => Math.max(...text.split('\n').map(columnsOf))

describe('a table', () => {
  test('is as wide as its cells where nobody says how much room there is', () => {
    expect(widest(table(header, rows, 60, Number.POSITIVE_INFINITY))).toBeGreaterThan(80)
  })

  test('fits a terminal of 80 columns, its widest cells shortened and its ids whole', () => {
    const lines = table(header, rows, 60, 80).split('\n')
    expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(80)
    expect(lines[1]).toMatch(/^iraqi-armed-groups {2}Popular mobilisation.*… {2}Iraq: security {2}12$/)
    expect(lines[2]).toMatch(/^bread {15}أسعار الخبز.*… {2}اقتصاد {10}3$/)
  })

  test('that could not fit anyway is not cut', () => {
    expect(table(header, rows, 60, 40)).toBe(table(header, rows, 60, Number.POSITIVE_INFINITY))
  })

  test('never outgrows a room of 20 columns a cell and the id', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 70 })
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell)), fc.nat(200), (cells, more) => {
        const ids = cells.map(([a, b, c], index) => [`id-${index}`, a, b, c])
        const room = 9 + 3 * 22 + more
        return widest(table(header, ids, 60, room)) <= room
      }),
    )
  })
})
