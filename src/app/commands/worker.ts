// presslark worker: one of the processes of a desk spread over several machines.
import { CommandError, exitCodes } from '../exit.ts'
import { startWorker, workerNames } from '../worker.ts'

/** Runs until a signal arrives. */
export async function worker(
  options: { readonly config?: string },
  [name = '']: readonly string[],
): Promise<number> {
  const known = workerNames.find((candidate) => candidate === name)
  if (known === undefined)
    throw new CommandError(
      `there is no worker "${name}"`,
      `known: ${workerNames.join(', ')}`,
      exitCodes.usage,
    )
  return startWorker(known, options.config)
}
