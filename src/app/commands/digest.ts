// presslark digest: composes an edition now, or shows what it would say.
import { issueEdition, previewEdition } from '../../jobs/index.ts'
import type { EditionFormat } from '../../model/digest.ts'
import { chosenDigest } from '../chosen-digest.ts'
import { showPreview } from '../preview.ts'
import { parseTime } from '../span.ts'
import { digestDeps, openRoom } from '../start.ts'
import { writeWhole } from '../write-whole.ts'

type DigestOptions = {
  readonly config?: string
  readonly asOf?: string
  readonly dryRun?: boolean
  readonly preview?: boolean
  readonly format: EditionFormat
  readonly out?: string
}

/** Prints the edition; without --dry-run it is frozen, counts as shown, and its deliveries leave with the next round. */
export async function digest(options: DigestOptions, [name]: readonly string[]): Promise<undefined> {
  const looking = options.dryRun === true
  const room = await openRoom({
    looking,
    ...(options.config === undefined ? {} : { config: options.config }),
  })
  try {
    const chosen = chosenDigest(room.config, name)
    const until = options.asOf === undefined ? Date.now() : parseTime(options.asOf, Date.now())
    const deps = digestDeps(room, Date.now)
    if (options.preview) return void showPreview(previewEdition(deps, chosen, until), options.out)
    const { bodies, edition } = looking
      ? previewEdition(deps, chosen, until)
      : issueEdition(deps, chosen, until)
    const text = bodies[options.format]
    if (options.out === undefined) process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
    else {
      writeWhole(options.out, text)
      process.stderr.write(`Wrote edition ${edition.number} of ${chosen.id} to ${options.out}\n`)
    }
    if (!looking && process.stderr.isTTY)
      process.stderr.write(
        `Issued as ${chosen.id}/${edition.number}; its deliveries leave with the next round of presslark run.\n`,
      )
  } finally {
    room.store.close()
  }
  return undefined
}
