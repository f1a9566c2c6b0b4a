// Ids as people type them on the command line.
import { CommandError, exitCodes } from './exit.ts'

/** Whole numbers from 1. Throws CommandError that names what each is the id of: `article`, `story`. */
export function parseIds(texts: readonly string[], noun: string): readonly number[] {
  return texts.map((text) => {
    const id = /^\d+$/.test(text) ? Number(text) : 0
    if (Number.isSafeInteger(id) && id > 0) return id
    throw new CommandError(
      `"${text}" is not the id of ${noun}`,
      '`presslark search --json` prints the ids of articles and of their stories',
      exitCodes.usage,
    )
  })
}
