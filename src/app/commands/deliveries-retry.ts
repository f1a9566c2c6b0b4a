// presslark deliveries retry: another day of attempts for deliveries that failed.
import { openArchive } from '../archive.ts'
import { CommandError, exitCodes } from '../exit.ts'

/** Makes them due; the next round of the desk sends them, with the Message-ID they always had. */
export async function retryDeliveries(
  options: { readonly config?: string },
  ids: readonly string[],
): Promise<undefined> {
  const wrong = ids.filter((id) => !/^[1-9]\d{0,14}$/.test(id))
  if (wrong.length > 0)
    throw new CommandError(
      `not the id of a delivery: ${wrong.join(', ')}`,
      '`presslark deliveries list` shows the ids',
      exitCodes.usage,
    )
  const { store } = await openArchive(options.config)
  const refused = ids.filter((id) => !store.deliveries.retry(Number(id), Date.now()))
  store.close()
  const due = ids.length - refused.length
  if (due > 0) process.stdout.write(`${due} due at the next round of \`presslark run\`\n`)
  if (refused.length > 0)
    throw new CommandError(
      `not tried again: ${refused.join(', ')}`,
      'they are sent already, or there is no such delivery',
    )
  return undefined
}
