// presslark digest: composes an edition now, or shows what it would say.
import { issueEdition, previewEdition } from '../../jobs/index.ts'
import type { Digest, EditionFormat } from '../../model/digest.ts'
import type { Config } from '../config.ts'
import { CommandError, exitCodes } from '../exit.ts'
import { nearestWord } from '../nearest-word.ts'
import { parseTime } from '../span.ts'
import { digestDeps, openRoom } from '../start.ts'
import { writeWhole } from '../write-whole.ts'

type DigestOptions = {
  readonly config?: string
  readonly asOf?: string
  readonly dryRun?: boolean
  readonly format: EditionFormat
  readonly out?: string
}

function findDigest(config: Config, name: string | undefined): Digest {
  const digest =
    name === undefined ? config.digests[0] : config.digests.find((candidate) => candidate.id === name)
  if (digest !== undefined) return digest
  const ids = config.digests.map((candidate) => candidate.id)
  const nearest = nearestWord(name ?? '', ids)
  throw new CommandError(
    `there is no digest "${name ?? ''}" in digests.yaml`,
    nearest ? `did you mean "${nearest}"?` : `known: ${ids.join(', ') || 'none'}`,
    exitCodes.usage,
  )
}

/** Prints the edition; without --dry-run it is frozen, counts as shown, and its deliveries leave with the next round. */
export async function digest(options: DigestOptions, [name]: readonly string[]): Promise<undefined> {
  const room = openRoom(options.config === undefined ? {} : { config: options.config })
  try {
    const chosen = findDigest(room.config, name)
    const until = options.asOf === undefined ? Date.now() : parseTime(options.asOf, Date.now())
    const deps = digestDeps(room, Date.now)
    const { bodies, edition } = options.dryRun
      ? previewEdition(deps, chosen, until)
      : issueEdition(deps, chosen, until)
    const text = bodies[options.format]
    if (options.out === undefined) process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
    else {
      writeWhole(options.out, text)
      process.stderr.write(`Wrote edition ${edition.number} of ${chosen.id} to ${options.out}\n`)
    }
  } finally {
    room.store.close()
  }
  return undefined
}
