// What README.md shows is what the program prints: the demo is run, and every line of the excerpt must be in its briefing.
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createProgram } from '../../src/app/main.ts'
import { programFile } from '../program-file.ts'
import { codeBlocks } from './markdown.ts'
import { read, root } from './tree.ts'

const folder = mkdtempSync(join(tmpdir(), 'presslark-readme-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function presslark(...args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [programFile('src/app/cli'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  })
  expect(status, stderr).toBe(0)
  return stdout
}

const excerpt = (language: string, label: string): readonly string[] =>
  codeBlocks('README.md', language)
    .filter((block) => block.label === label)
    .flatMap(({ text }) => text.trimEnd().split('\n'))

test('the briefing shown is what the demo prints, shortened', () => {
  const briefing = presslark('demo', '--out', join(folder, 'demo'))
  const printed = briefing.replaceAll('\u00a0', ' ').split('\n') // "grade B" must not be torn apart
  const shown = excerpt('markdown', 'demo').filter((line) => !/^…?$/.test(line))
  expect(shown.length).toBeGreaterThan(10)
  let from = 0
  for (const line of shown) {
    const at = printed.indexOf(line, from)
    expect(
      at,
      `README.md shows a line that the demo does not print (or not there): ${line}`,
    ).toBeGreaterThanOrEqual(from)
    from = at + 1
  }
})

test('the session shown is what these commands print on the archive of the demo, shortened', () => {
  const desk = join(folder, 'session')
  presslark('demo', '--out', desk)
  const steps = excerpt('console', 'session').join('\n').split(/^\$ /m).slice(1)
  expect(steps.length).toBeGreaterThan(6)
  for (const step of steps) {
    const [command = '', ...lines] = step.trimEnd().split('\n')
    if (command.startsWith('cat >> ')) {
      appendFileSync(join(desk, command.slice('cat >> '.length)), `${lines.join('\n')}\n`)
      continue
    }
    const { stdout, stderr } = spawnSync(
      'sh',
      ['-c', command.replace(/^presslark/, `"${process.execPath}" "${programFile('src/app/cli')}"`)],
      { cwd: desk, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
    )
    const printed = `${stdout}${stderr}`.split('\n')
    for (const line of lines.filter((shown) => shown !== '…')) expect(printed, command).toContain(line)
  }
}, 60_000)

test('the topic tried matches in the words shown', () => {
  const [, text = ''] = read('README.md').match(/^presslark topics test sadr --text "(.+)"$/m) ?? []
  const printed = presslark('--config', join(root, 'config'), 'topics', 'test', 'sadr', '--text', text)
  expect(printed.trimEnd().split('\n')).toEqual(excerpt('text', 'topics test'))
})

test('the table of commands names every command', () => {
  const [, table = ''] = read('README.md').split('\n## The commands\n')
  const rows = (table.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `presslark '))
  const named = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  )
  const words = named.map((name = '') => name.replace(/^presslark /, '')).flatMap((name) => name.split(' '))
  const commands = createProgram().commands.flatMap((command) => [command, ...command.commands])
  expect([...new Set(words)].toSorted()).toEqual(
    [...new Set(commands.map((command) => command.name()))].toSorted(),
  )
})
