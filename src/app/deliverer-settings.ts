// What the channels need, from the configuration and the environment.
import type { DelivererSettings, EmailSettings } from '../deliver/index.ts'
import type { Fetcher } from '../fetch/index.ts'
import type { Settings } from './config.ts'
import type { Secrets } from './secrets.ts'

const tlsOf = { starttls: 'starttls', tls: 'implicit', none: 'none' } as const

function emailSettings(mail: NonNullable<Settings['mail']>, { smtpPassword }: Secrets): EmailSettings {
  const named = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(mail.from)
  const unsubscribe = mail.unsubscribe?.startsWith('mailto:')
    ? { unsubscribeMailto: mail.unsubscribe.slice('mailto:'.length) }
    : mail.unsubscribe === undefined
      ? {}
      : { unsubscribeUrl: mail.unsubscribe }
  return {
    host: mail.host,
    port: mail.port,
    tls: tlsOf[mail.secure],
    from: named?.[2] ?? mail.from,
    ...(named?.[1] ? { fromName: named[1] } : {}),
    ...(mail.user === undefined ? {} : { user: mail.user }),
    ...(smtpPassword === undefined ? {} : { password: smtpPassword }),
    ...unsubscribe,
  }
}

/** The settings of every channel that the configuration knows. */
export function delivererSettings(settings: Settings, secrets: Secrets, fetcher: Fetcher): DelivererSettings {
  const { mail, editionsFolder, http } = settings
  const { webhookKey } = secrets
  return {
    file: { folder: editionsFolder },
    webhook: {
      send: (request) => fetcher.send({ ...request, allowPrivate: http.allowPrivate }),
      ...(webhookKey === undefined ? {} : { secret: webhookKey }),
    },
    ...(mail === undefined ? {} : { email: emailSettings(mail, secrets) }),
  }
}
