// How a command ends: exit codes, and errors as one line with the remedy.
import { redisRemedy } from './redis-remedy.ts'
import { explainSystemError } from './system-error.ts'

/** 0 done; 1 something failed; 2 configuration or usage; 3 database; 130 interrupted. Documented in docs/cli.md. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, database: 3, interrupted: 130 } as const

/** An end of a command that is no bug: one line, perhaps a remedy, and an exit code. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly exitCode: number
  readonly hint: string | undefined
  constructor(message: string, hint?: string, exitCode: number = exitCodes.failed) {
    super(message)
    this.hint = hint
    this.exitCode = exitCode
  }
}

function hintOf(error: Error): string {
  return 'hint' in error && typeof error.hint === 'string' ? `\n    ${error.hint}` : ''
}

/**
 * Prints an error as a user should see it and returns the exit code. A bug of ours keeps its stack. Errors of other files are told by
 * their names: built, a plain search has a copy of this file and of none of those.
 */
export function reportError(error: unknown): number {
  if (error instanceof Error && error.name === 'ConfigError') {
    process.stderr.write(`${error.message}\n`)
    return exitCodes.usage
  }
  if (error instanceof CommandError) {
    process.stderr.write(`presslark: ${error.message}${hintOf(error)}\n`)
    return error.exitCode
  }
  if (error instanceof Error && error.name === 'StoreError') {
    process.stderr.write(`presslark: ${error.message}${hintOf(error)}\n`)
    return exitCodes.database
  }
  if (error instanceof Error && error.name === 'QueueError') {
    process.stderr.write(`presslark: ${error.message}\n    ${redisRemedy(error.message)}\n`)
    return exitCodes.failed
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('SQLITE_')) {
    process.stderr.write(
      `presslark: the database could not be used (${error instanceof Error ? error.message : code})\n    run \`presslark doctor\` to see what is wrong\n`,
    )
    return exitCodes.database
  }
  const system = explainSystemError(error)
  if (system !== undefined) {
    process.stderr.write(`presslark: ${system.message}\n    ${system.hint}\n`)
    return exitCodes.failed
  }
  process.stderr.write(
    `presslark: this is a bug, please report it\n${error instanceof Error ? error.stack : String(error)}\n`,
  )
  return exitCodes.failed
}
