// presslark stories changes: the log of what was changed in stories.
import { openArchive } from '../archive.ts'
import { changeLine } from '../change-line.ts'
import { rowLimit } from '../row-limit.ts'
import { printable, printJson } from '../terminal.ts'

type ListOptions = { readonly config?: string; readonly limit: string; readonly json?: boolean }

/** Prints the newest changes, newest first. */
export async function listChanges(options: ListOptions): Promise<undefined> {
  const limit = rowLimit(options.limit)
  const { store } = await openArchive(options.config)
  try {
    const changes = store.storyChanges.list(limit)
    if (options.json) printJson(changes)
    else if (changes.length === 0) process.stdout.write('Nobody has changed a story.\n')
    else process.stdout.write(changes.map((change) => `${printable(changeLine(change))}\n`).join(''))
  } finally {
    store.close()
  }
  return undefined
}
