// `presslark search` as it is mostly typed: to load and ask the parser of all commands would take as long as the search.
import { search } from './commands/search.ts'
import { exitCodes, reportError } from './exit.ts'
import { searchLine } from './search-line.ts'

/** Runs one command line that begins with `search`. */
export async function main(argv: readonly string[]): Promise<void> {
  const line = searchLine(argv.slice(3))
  if (line === undefined) return (await import('./main.ts')).main(argv)
  try {
    process.exitCode = (await search(line.options, line.words)) ?? exitCodes.ok
  } catch (error) {
    process.exitCode = reportError(error)
  }
}
