// What the channels need, from the configuration and the environment.
import type { DelivererSettings, EmailSettings, HttpSend } from '../deliver/index.ts'
import type { Fetcher } from '../fetch/index.ts'
import type { Settings } from './config.ts'
import type { Secrets } from './secrets.ts'

const tlsOf = { starttls: 'starttls', tls: 'implicit', none: 'none' } as const

function emailSettings(mail: NonNullable<Settings['mail']>, { smtpPassword }: Secrets): EmailSettings {
  const named = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(mail.from)
  const unsubscribeMailto = mail.unsubscribe?.startsWith('mailto:') ? mail.unsubscribe.slice('mailto:'.length) : undefined
  return {
    host: mail.host,
    port: mail.port,
    tls: tlsOf[mail.secure],
    from: named?.[2] ?? mail.from,
    ...(named?.[1] ? { fromName: named[1] } : {}),
    ...(mail.user === undefined ? {} : { user: mail.user }),
    ...(smtpPassword === undefined ? {} : { password: smtpPassword }),
    ...(unsubscribeMailto === undefined ? {} : { unsubscribeMailto }),
  }
}

/** Webhooks leave through the same guarded door as everything else. */
function guardedSend(fetcher: Fetcher, allowPrivate: boolean): HttpSend {
  return async ({ url, ...request }) => {
    const exchange = await fetcher.request(url, { ...request, allowPrivate })
    if (exchange.ok || exchange.status !== undefined) return { status: exchange.status ?? 0 }
    throw Object.assign(new Error(exchange.detail), { code: exchange.reason })
  }
}

/** The settings of every channel that the configuration knows. */
export function delivererSettings(settings: Settings, secrets: Secrets, fetcher: Fetcher): DelivererSettings {
  const { mail, editionsFolder, http } = settings
  const { webhookKey } = secrets
  return {
    file: { folder: editionsFolder },
    webhook: { send: guardedSend(fetcher, http.allowPrivate), ...(webhookKey === undefined ? {} : { secret: webhookKey }) },
    ...(mail === undefined ? {} : { email: emailSettings(mail, secrets) }),
  }
}
