import { describe, expect, test } from 'vitest'
import { askedHelp } from '../../src/app/asked-help.ts'
import { createProgram } from '../../src/app/main.ts'

const program = createProgram()

describe('help', () => {
  test.each([
    ['help search', 'search --help'],
    ['help sources add', 'sources add --help'],
    ['help sources', 'sources --help'],
    ['help search Tehran', 'search --help'],
    ['help serach', 'serach'],
    ['help sources ad', 'sources ad'],
    ['help', 'help'],
    ['search help', 'search help'],
    ['sources help add', 'sources help add'],
  ])('%s is %s', (typed, read) => {
    expect(askedHelp(program, typed.split(' ')).join(' ')).toBe(read)
  })
})
