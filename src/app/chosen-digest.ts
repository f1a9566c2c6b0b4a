// The digest that a command names.
import type { Digest } from '../model/digest.ts'
import type { Config } from './config.ts'
import { CommandError, exitCodes } from './exit.ts'
import { suggestion } from './nearest-word.ts'

/** The first one when no name is given. Throws CommandError for a name that digests.yaml does not have. */
export function chosenDigest({ digests }: Config, name: string | undefined): Digest {
  const digest = name === undefined ? digests[0] : digests.find(({ id }) => id === name)
  if (digest !== undefined) return digest
  const ids = digests.map(({ id }) => id)
  throw new CommandError(
    `there is no digest "${name ?? ''}" in digests.yaml`,
    suggestion(name ?? '', ids),
    exitCodes.usage,
  )
}
