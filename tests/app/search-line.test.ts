// A search is read without the parser of all commands only where that parser would have read the same.
import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createProgram } from '../../src/app/main.ts'
import { searchLine } from '../../src/app/search-line.ts'

/** What the parser of all commands hands to the search, or 'refused'. */
function parsed(args: readonly string[]): unknown {
  const program = createProgram('search').configureOutput({ writeOut: () => {}, writeErr: () => {} })
  const command = program.commands.find((one) => one.name() === 'search')
  let given: unknown = 'refused'
  command?.configureOutput({ writeOut: () => {}, writeErr: () => {} }).action(() => {
    given = { options: command.optsWithGlobals(), words: command.processedArgs.flat() }
  })
  try {
    program.parse(['search', ...args], { from: 'user' })
  } catch {}
  return given
}

const options = constantFrom(
  '--since',
  '--limit',
  '--order',
  '--json',
  '--config',
  '--help',
  '-h',
  '--limit=5',
  '--lim',
  '--',
  '-',
)
const word = oneof(
  constantFrom('24h', '5', 'oil', 'help', 'search', '', '-oil', 'lang:en', 'gas OR oil', 'برق'),
  string({ maxLength: 4 }),
)

describe('the command line of a search', () => {
  test('is read as the parser of all commands reads it, or left to that', () => {
    let read = 0
    assert(
      property(array(oneof(options, word), { maxLength: 6 }), (args) => {
        const line = searchLine(args)
        if (line !== undefined) expect(line).toEqual(parsed(args))
        read += line === undefined ? 0 : 1
      }),
      { numRuns: 500 },
    )
    expect(read).toBeGreaterThan(50)
  })

  test.each([
    [['IRGC', '--since', '24h', '--limit', '100'], { since: '24h', limit: '100', order: 'newest' }, ['IRGC']],
    [['--json', 'oil', '--order', 'best', 'gas'], { limit: '20', order: 'best', json: true }, ['oil', 'gas']],
  ])('%j is plain', (args, expected, words) => {
    expect(searchLine(args)).toEqual({ options: expected, words })
  })

  test.each([
    [['--help']],
    [['oil', '--limit']],
    [['oil', '--limit', '-5']],
    [['oil', '--config', 'desk']],
    [[]],
  ])('%j is for the parser of all commands', (args: readonly string[]) => {
    expect(searchLine(args)).toBeUndefined()
  })
})
