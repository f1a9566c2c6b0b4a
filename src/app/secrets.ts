// Secrets come from the environment (or the .env file beside the configuration folder), never from YAML.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ConfigError } from './config-error.ts'

/** What came from the environment; never written anywhere. */
export type Secrets = {
  readonly smtpPassword?: string
  readonly webhookKey?: string
  readonly unsubscribeKey?: string // signs the links in mails
  /** The value of a variable; undefined when it is not set or empty. */
  readonly value: (name: string) => string | undefined
  /** Fills `${NAME}` in a header value from the environment. Throws ConfigError when the variable is not set. */
  readonly expand: (text: string) => string
}

export const unsubscribeKeyName = 'PRESSLARK_UNSUBSCRIBE_KEY'

/** Adds the `.env` file beside the configuration folder, if there is one, to the environment; what is set already stays. */
export function loadEnvironment(folder: string): void {
  const file = join(dirname(folder), '.env')
  if (existsSync(file)) process.loadEnvFile(file)
}

/** Reads the secrets from the environment. */
export function loadSecrets(folder: string): Secrets {
  loadEnvironment(folder)
  const file = join(dirname(folder), '.env')
  const smtpPassword = process.env['PRESSLARK_SMTP_PASSWORD']
  const webhookKey = process.env['PRESSLARK_WEBHOOK_KEY']
  const unsubscribeKey = process.env[unsubscribeKeyName]
  return {
    ...(smtpPassword === undefined ? {} : { smtpPassword }),
    ...(webhookKey === undefined ? {} : { webhookKey }),
    ...(unsubscribeKey === undefined || unsubscribeKey === '' ? {} : { unsubscribeKey }),
    value: (name) => process.env[name] || undefined,
    expand: (text) =>
      text.replace(/\$\{([A-Z0-9_]+)\}/g, (_, name: string) => {
        const value = process.env[name]
        if (value === undefined)
          throw new ConfigError([
            {
              file: 'environment',
              message: `the variable ${name} is not set`,
              hint: `a header in sources.yaml asks for it; set it, or write it into ${file}`,
            },
          ])
        return value
      }),
  }
}
