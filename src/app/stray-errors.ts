// What nobody caught: it is told in the log, whatever becomes of the process.
import type { Log } from './observe.ts'

const lengthMax = 2_000

/** The stack, which says where our mistake is, without the password of a URL. */
function stackOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return text.replace(/\/\/[^/\s]*@/g, '//***@').slice(0, lengthMax)
}

/**
 * An exception that nobody caught, or a rejected promise that nobody awaits, is one line of the log and ends the process, as it
 * does in Node, with exit code 1: what it left half done is not known, all that counts stands in SQLite, and whoever started the
 * process starts it again.
 */
export function tellStrayErrors(log: Log): void {
  process.on('uncaughtException', (error, origin) => {
    log.error({ error: stackOf(error), origin }, 'the process ends by a mistake of ours; please report this')
    process.exit(1)
  })
}
