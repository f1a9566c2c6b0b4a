// `presslark help sources add`: commander's own help knows the first word only.
import type { Command } from 'commander'

/**
 * The words of a command line, with `help` in front of a command spelled as `--help` behind it. Of a command that does not
 * exist only its name is left, so that it is refused as if it had been typed, with the nearest one.
 */
export function askedHelp(program: Command, words: readonly string[]): readonly string[] {
  const [first, ...names] = words
  if (first !== 'help' || names.length === 0) return words
  const known: string[] = []
  let command = program
  for (const name of names) {
    const inner = command.commands.find((one) => one.name() === name)
    if (inner === undefined && command.commands.length > 0) return [...known, name]
    if (inner === undefined) break
    known.push(name)
    command = inner
  }
  return [...known, '--help']
}
