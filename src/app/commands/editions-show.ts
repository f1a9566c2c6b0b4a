// presslark editions show: an edition as it was issued, byte for byte.
import type { EditionFormat } from '../../model/digest.ts'
import { openArchive } from '../archive.ts'
import { issuedEdition } from '../issued-edition.ts'

type ShowOptions = { readonly config?: string; readonly format: EditionFormat }

/** Prints the frozen bytes. */
export async function showEdition(options: ShowOptions, [name = '']: readonly string[]): Promise<undefined> {
  const { store } = await openArchive(options.config)
  try {
    process.stdout.write(issuedEdition(store, name).bodies[options.format])
  } finally {
    store.close()
  }
  return undefined
}
