// How many rows a list shows.
import { CommandError, exitCodes } from './exit.ts'

const ROWS_MAX = 10_000

/** A whole number from 1 to 10,000. Throws CommandError for anything else. */
export function rowLimit(text: string): number {
  const limit = Number(text)
  if (Number.isInteger(limit) && limit >= 1 && limit <= ROWS_MAX) return limit
  throw new CommandError(`--limit ${text} is not a number from 1 to ${ROWS_MAX}`, undefined, exitCodes.usage)
}
