// What the channels need, from the configuration and the environment.
import { readFileSync } from 'node:fs'
import type { DelivererSettings, EmailSettings } from '../deliver/index.ts'
import type { Fetcher } from '../fetch/index.ts'
import type { Settings } from './config.ts'
import type { Secrets } from './secrets.ts'
import { senderAddress } from './sender-address.ts'

const tlsOf = { starttls: 'starttls', tls: 'implicit', none: 'none' } as const

type Mail = NonNullable<Settings['mail']>

function emailSettings(mail: Mail, { smtpPassword }: Secrets): EmailSettings {
  const { host, port, secure, from, user, replyTo, bounces, listId } = mail
  const [, fromName = ''] = /^\s*(.*?)\s*<[^<>]+>\s*$/.exec(from) ?? []
  return {
    host,
    port,
    tls: tlsOf[secure],
    from: senderAddress(from),
    ...(fromName !== '' && { fromName }),
    ...(user !== undefined && { user }),
    ...(smtpPassword !== undefined && { password: smtpPassword }),
    ...(replyTo !== undefined && { replyTo }),
    ...(bounces !== undefined && { envelopeFrom: bounces }),
    ...(listId !== undefined && { listId }),
    ...dkimSettings(mail),
    ...unsubscribeSettings(mail),
  }
}

function dkimSettings({ dkim }: Mail): Pick<EmailSettings, 'dkim'> {
  if (dkim === undefined) return {}
  const { domain, selector, keyFile } = dkim
  return { dkim: { domain, selector, privateKey: readFileSync(keyFile, 'utf8') } }
}

function unsubscribeSettings({ unsubscribe }: Mail): Partial<EmailSettings> {
  if (unsubscribe === undefined) return {}
  if (!unsubscribe.startsWith('mailto:')) return { unsubscribeUrl: unsubscribe }
  return { unsubscribeMailto: unsubscribe.slice('mailto:'.length) }
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
    chat: {
      send: (request) =>
        fetcher.send({ ...request, allowPrivate: http.allowPrivate || (request.allowPrivate ?? false) }),
      secret: secrets.value,
    },
    ...(mail === undefined ? {} : { email: emailSettings(mail, secrets) }),
  }
}
