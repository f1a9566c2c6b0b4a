// `presslark search` finds what topics with the same query match, whatever its operators.
import { beforeAll, describe, expect, test } from 'vitest'
import { presslark } from './command-line.ts'
import { archiveOf, json } from './topics-desk.ts'

let folder: string
beforeAll(async () => {
  const reports = [
    { id: '1', title: 'Qasim Sulaimani visits Basra', text: 'The oil minister of the PMF spoke of oil.' },
    { id: '2', title: 'Gas for Basra', text: 'The pmf, said the minister, wants gas and oil.' },
    { id: '3', title: 'وقف إطلاق النار في بغداد', text: 'جنود في العراق' },
  ]
  folder = await archiveOf([['harbour', reports]], '  - {id: none, name: None, any: [zebra]}\n')
})

const titles = async (...query: readonly string[]): Promise<readonly string[]> =>
  ((await json(['search', ...query], folder)) as readonly { readonly title: string }[]) // as the command prints it
    .map(({ title }) => title.slice(0, 5))

describe('search', () => {
  test.each([
    ['=PMF', ['Qasim']],
    ['~"Qassem Soleimani"', ['Qasim']],
    ['gas ONEAR/2 oil', ['Gas f']],
    ['min?ster', ['Qasim', 'Gas f']],
    ['(lang:ar OR gas) NOT zebra', ['Gas f', 'وقف إ']],
    ['oil -source:harbour', []],
  ])('%s', async (query, found) => {
    expect(await titles(query)).toEqual(found)
  })

  test('puts the best first when asked', async () => {
    expect(await titles('--order', 'best', 'gas OR oil')).toEqual(['Gas f', 'Qasim'])
    const { code, stderr } = await presslark(['search', 'gas', '--order', 'random'], folder)
    expect([code, stderr]).toEqual([2, expect.stringContaining('--order random is neither newest nor best')])
  })

  test('says why it looks for words where a query was meant', async () => {
    const meant = await presslark(['search', '(minister gas'], folder)
    expect(meant.stderr).toBe(
      'note: looked for word by word, since it is no query: E_UNCLOSED_PAREN at line 1, column 1: this bracket is never closed: “\u2068(minister\u2069”\n',
    )
    expect([meant.code, meant.stdout.split('\n').at(-2)]).toEqual([0, '1 article'])
    expect(await presslark(['search', 'gas?'], folder)).toMatchObject({ code: 0, stderr: '' })
    expect(await presslark(['search', 'zebra or gas'], folder)).toMatchObject({
      stdout: 'Nothing found.\n',
      stderr:
        'note: W_LOWERCASE_OPERATOR at line 1, column 7: looked for as a word, not used as an operator: “\u2068or\u2069”; write it in capitals if an operator is meant, in quotes if the word is\n',
    })
  })

  test('marks the place of a mistake inside a line of right-to-left letters', async () => {
    const { code, stderr } = await presslark(['search', `${'نفط OR '.repeat(64)}غاز`], folder)
    expect(code).toBe(2)
    expect(stderr).toContain('E_TOO_MANY_TERMS at line 1, column 449')
    expect(stderr).toContain('▶غاز')
  })
})
