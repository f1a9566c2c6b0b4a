// The edition that a command names, such as morning/12.
import type { FrozenEdition, Store } from '../store/index.ts'
import { CommandError, exitCodes } from './exit.ts'

/** Throws CommandError for a name that is none, and for an edition that was never issued. */
export function issuedEdition(store: Store, name: string): FrozenEdition {
  const [, digestId, number] = /^([a-z0-9][a-z0-9-]*)\/(\d{1,9})$/.exec(name) ?? []
  if (digestId === undefined)
    throw new CommandError(
      `"${name}" names no edition`,
      'write the digest and the number, such as morning/12',
      exitCodes.usage,
    )
  const row = store.editions.numbered(digestId, Number(number))
  const frozen = row && store.editions.read(digestId, row.window.until)
  if (frozen !== undefined) return frozen
  throw new CommandError(`there is no edition ${name}`, '`presslark editions list` names those there are')
}
