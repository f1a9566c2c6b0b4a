// docs/cli.md says what the command line does: every command, argument and option, and none that does not exist.
import type { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { exitCodes } from '../../src/app/exit.ts'
import { createProgram } from '../../src/app/main.ts'
import { markdownFiles, read } from './tree.ts'

const page = read('docs/cli.md')
const program = createProgram()

type Named = { readonly name: string; readonly command: Command }

/** The commands that do something, with their full names: `sources add`. */
function leaves(command: Command, prefix: readonly string[] = []): readonly Named[] {
  return command.commands.flatMap((child) => {
    const path = [...prefix, child.name()]
    return child.commands.length > 0 ? leaves(child, path) : [{ name: path.join(' '), command: child }]
  })
}

const commands = leaves(program)

/** The section of a command: from its heading to the next. */
function section(name: string): string {
  const [, rest = ''] = page.split(`\n## \`presslark ${name}\`\n`)
  return rest.split('\n## ')[0] ?? ''
}

/** `[dir]`, `<query...>`: an argument as usage lines write it. */
function argumentsOf(command: Command): readonly string[] {
  return command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '...' : ''}`
    return argument.required ? `<${name}>` : `[${name}]`
  })
}

const optionsOf = (command: Command): readonly string[] => command.options.map((option) => option.flags)
const firstColumn = (text: string): readonly string[] =>
  [...text.matchAll(/^\| `([^`]+)` \| \S/gm)].map(([, cell = '']) => cell)

describe.each(commands)('presslark $name', ({ name, command }) => {
  test('has a section that lists exactly its arguments and options', () => {
    expect(firstColumn(section(name))).toEqual([...argumentsOf(command), ...optionsOf(command)])
  })

  test('has an example in its section and in its help', () => {
    expect(section(name)).toMatch(new RegExp(`\`\`\`sh\\npresslark ${name}\\b`))
    let help = ''
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp()
    expect(help).toContain(`$ presslark ${name}`)
  })

  test('stands in the table of commands with the words of its help', () => {
    const anchor = `presslark-${name.replaceAll(' ', '-')}`
    expect(page).toContain(`| [\`${name}\`](#${anchor}) | ${command.description()} |`)
  })

  test('tells the defaults and the choices of its options', () => {
    for (const { flags, defaultValue, argChoices } of command.options) {
      const row = section(name).match(new RegExp(`^\\| \`${flags}\` .*$`, 'm'))?.[0] ?? ''
      if (defaultValue !== undefined) expect(row).toContain(`\`${defaultValue}\` when absent`)
      for (const choice of argChoices ?? []) expect(row).toContain(`\`${choice}\``)
    }
  })
})

test('the page describes no command that does not exist', () => {
  const described = [...page.matchAll(/^## `presslark ([a-z ]+)`$/gm)].map(([, name]) => name)
  expect(described).toEqual(commands.map(({ name }) => name))
})

test('the options of the program itself are described', () => {
  const [, own = ''] = page.split('\n## For every command\n')
  expect(firstColumn(own.split('\n**')[0] ?? '')).toEqual([...optionsOf(program), '-h, --help'])
})

test.each(['docs/cli.md', 'docs/notes/exit-codes.md'])('%s explains every exit code', (path) => {
  const listed = [...read(path).matchAll(/^\| `(\d+)` \| \S/gm)].map(([, code]) => Number(code))
  expect(listed).toEqual(Object.values(exitCodes))
})

/** The command lines that a page shows, in blocks and within sentences. */
function shownCommands(path: string): readonly string[] {
  const inBlocks = [...read(path).matchAll(/^[\s$>]*(?:npx |npm run -s )?presslark (?:-- )?([^[].*)$/gm)]
  const inSentences = [...read(path).matchAll(/`presslark ((?:[a-z]|--config )[^`]*)`/g)]
  return [...inBlocks, ...inSentences].map(([, line = '']) => line)
}

/** The words of a command line that name no known command or option. */
function unknownWords(line: string): readonly string[] {
  const words = line
    .replace(/(["']).*?\1/g, 'TEXT')
    .replace(/ [|&>#].*$/, '')
    .split(/\s+/)
  let command = program
  const known = new Set(['--config', '--help', '--version', '-h', '-V'])
  for (const word of words) {
    const child = command.commands.find((candidate) => candidate.name() === word)
    if (child !== undefined) command = child
  }
  for (const option of command.options) for (const flag of [option.long, option.short]) known.add(flag ?? '')
  const lost = command.commands.length > 0 && words[0] !== 'help' ? ['no command'] : []
  return [...lost, ...words.filter((word) => word.startsWith('-') && !known.has(word))]
}

test('every command line in the documentation names commands and options that exist', () => {
  const lines = markdownFiles().flatMap((path) => shownCommands(path).map((line) => ({ path, line })))
  expect(lines.length).toBeGreaterThan(40)
  expect(lines.filter(({ line }) => unknownWords(line).length > 0)).toEqual([])
})

test('a command line with a mistake would be noticed', () => {
  expect(unknownWords('digest morning --dry-rum')).toEqual(['--dry-rum'])
  expect(unknownWords('source list')).toEqual(['no command'])
  expect(unknownWords("search 'a --b' --since 7d --limit 3")).toEqual([])
})
