// One structured event a job becomes one log line: JSON for machines, coloured lines in a terminal.
import type { Logger } from 'pino'

export type Log = {
  readonly debug: (fields: object, message: string) => void
  readonly info: (fields: object, message: string) => void
  readonly warn: (fields: object, message: string) => void
  readonly error: (fields: object, message: string) => void
}

/** Keys whose values are never written, wherever they stand. */
const redact = ['headers', 'password', 'user', '*.headers', '*.password', '*.user', '*.*.headers']

async function createLogger(level: string): Promise<{ readonly logger: Logger }> {
  const { pino } = await import('pino')
  const options = { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"`, redact }
  if (process.stderr.isTTY !== true)
    return { logger: pino(options, pino.destination({ dest: 2, sync: true })) }
  const { default: pretty } = await import('pino-pretty')
  const colorize = process.stderr.hasColors() // honours NO_COLOR
  return {
    logger: pino(
      options,
      pretty({ destination: 2, sync: true, colorize, translateTime: 'SYS:HH:MM:ss', singleLine: true }),
    ),
  }
}

/** A pino log on stderr at the given level. Callers log events, never headers or bodies. */
export async function createLog(level: string): Promise<Log> {
  const { logger } = await createLogger(level)
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  }
}
