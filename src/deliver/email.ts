// Sends one edition to one address by SMTP.
import type { NodemailerError, SMTPTransportOptions } from 'nodemailer'
import type { DeliveryOutcome } from '../model/outcome.ts'
import { mailOptions } from './email-message.ts'
import { failedOutcome } from './email-outcome.ts'
import type { EmailSettings, MailTls } from './email-settings.ts'
import type { ChannelCheck, DeliveryMessage } from './message.ts'

const TIMEOUT_MS = 30_000

// RFC 8058 asks for both List-Unsubscribe headers to be signed; nodemailer's own list knows only one of them.
const SIGNED_HEADERS =
  'From:Sender:Reply-To:To:Subject:Date:Message-ID:MIME-Version:Content-Type:Content-Transfer-Encoding:' +
  'Auto-Submitted:List-Id:List-Unsubscribe:List-Unsubscribe-Post'

const TLS: Readonly<Record<MailTls, SMTPTransportOptions>> = {
  implicit: { secure: true },
  starttls: { secure: false, requireTLS: true },
  opportunistic: { secure: false },
  none: { secure: false, ignoreTLS: true },
}

/** Never throws for what the mail server does; throws TypeError for a message that could not be put into headers. */
export async function deliverEmail(
  message: DeliveryMessage,
  settings: EmailSettings,
): Promise<DeliveryOutcome> {
  const options = mailOptions(message, settings, recipientOf(message))
  let wasHandedOver = false
  const transport = await transportOf(settings, () => {
    wasHandedOver = true
  })
  try {
    const { response } = await transport.sendMail(options)
    return { kind: 'sent', detail: response.slice(0, 200) }
  } catch (error) {
    return failedOutcome(asMailError(error), wasHandedOver)
  } finally {
    transport.close()
  }
}

/** Connects, negotiates TLS and logs in, and sends nothing. */
export async function verifyEmail(settings: EmailSettings): Promise<ChannelCheck> {
  const transport = await transportOf(settings, () => undefined)
  try {
    await transport.verify()
    return { kind: 'email', ok: true, detail: `${settings.host}:${settings.port} accepts us` }
  } catch (error) {
    return { kind: 'email', ok: false, detail: failedOutcome(asMailError(error), false).detail }
  } finally {
    transport.close()
  }
}

function recipientOf({ channel, recipient }: DeliveryMessage): string {
  if (recipient !== undefined) return recipient
  if (channel.kind === 'email' && channel.to.length === 1 && channel.to[0] !== undefined) return channel.to[0]
  throw new TypeError('an e-mail delivery names its one recipient')
}

/** Imported when first needed: a desk that only writes files never loads it. */
async function transportOf(settings: EmailSettings, onHandedOver: () => void) {
  const { createTransport } = await import('nodemailer')
  const { host, port, tls, user, password, authority, dkim, timeoutMs = TIMEOUT_MS } = settings
  return createTransport({
    host,
    port,
    ...TLS[tls],
    tls: { minVersion: 'TLSv1.2', ...(authority !== undefined && { ca: authority }) },
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    ...(dkim && {
      dkim: {
        domainName: dkim.domain,
        keySelector: dkim.selector,
        privateKey: dkim.privateKey,
        headerFieldNames: SIGNED_HEADERS,
      },
    }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: { info: handOverListener(onHandedOver) },
  })
}

/** The log line `tnx: message` is the only sign nodemailer gives that the whole message went to the socket. */
function handOverListener(onHandedOver: () => void) {
  return (entry: { readonly tnx?: string } | undefined) => {
    if (entry?.tnx === 'message') onHandedOver()
  }
}

function asMailError(error: unknown): NodemailerError {
  return error instanceof Error ? error : new Error(String(error))
}
