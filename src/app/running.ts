// How the command line runs a command.
import type { Command } from 'commander'
import { endWhenNobodyReads } from './closed-pipe.ts'
import { exitCodes, reportError } from './exit.ts'

/**
 * Wraps a command: errors become one line and an exit code. `O` are the options declared beside it. A command that says everything
 * by `print` need not wait for the stream of standard output to be made.
 */
export function running<O>(
  load: () => Promise<(options: O, args: readonly string[]) => Promise<number | undefined>>,
  { usesStream = true } = {},
) {
  return async (...given: readonly unknown[]): Promise<void> => {
    if (usesStream) endWhenNobodyReads()
    const command = given.at(-1) as Command // commander passes the command last
    try {
      const run = await load()
      const args = command.processedArgs.flat().filter((arg) => arg !== undefined)
      process.exitCode = (await run(command.optsWithGlobals() as O, args)) ?? exitCodes.ok // commander checked the options
    } catch (error) {
      process.exitCode = reportError(error)
    }
  }
}
