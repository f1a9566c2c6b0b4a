// presslark worker: one of the processes of a desk spread over several machines.
import { CommandError, exitCodes } from '../exit.ts'
import { startWorker, workerNames } from '../worker.ts'

/** Runs until a signal arrives. */
export async function worker(
  options: { readonly config?: string },
  [name = '']: readonly string[],
): Promise<undefined> {
  const known = workerNames.find((candidate) => candidate === name)
  if (known === undefined)
    throw new CommandError(
      `there is no worker "${name}"`,
      `known: ${workerNames.join(', ')}`,
      exitCodes.usage,
    )
  await startWorker(known, options.config)
  return undefined
}
