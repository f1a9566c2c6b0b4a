// presslark recipients restore: somebody who had unsubscribed gets a digest again.
import { openArchive } from '../archive.ts'
import { CommandError } from '../exit.ts'

/** From the next edition on. */
export async function restoreRecipient(
  options: { readonly config?: string },
  [digest = '', address = '']: readonly string[],
): Promise<undefined> {
  const { store } = await openArchive(options.config)
  const wasGone = store.unsubscribes.drop(digest, address)
  store.close()
  if (!wasGone)
    throw new CommandError(
      `${address} has not unsubscribed from ${digest}`,
      '`presslark recipients list` shows who has',
    )
  process.stdout.write(`${address} gets ${digest} again, from the next edition on\n`)
  return undefined
}
