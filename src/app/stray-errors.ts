// What nobody caught: it is told in the log, whatever becomes of the process.
import type { Log } from './observe.ts'

const lengthMax = 2_000

/** The stack, which says where our mistake is, without the password of a URL. */
function stackOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return text.replace(/\/\/[^/\s]*@/g, '//***@').slice(0, lengthMax)
}

/**
 * A rejected promise that nobody awaits is logged, and the news goes on: its job is due again by the schedule. An exception that
 * nobody caught is logged too, and then ends the process as Node does, with exit code 1: what it left half done is not known.
 */
export function tellStrayErrors(log: Log): void {
  process.on('unhandledRejection', (reason) =>
    log.error({ error: stackOf(reason) }, 'a promise was rejected and nobody noticed; please report this'),
  )
  process.on('uncaughtExceptionMonitor', (error) =>
    log.error({ error: stackOf(error) }, 'the process ends by a mistake of ours; please report this'),
  )
}
