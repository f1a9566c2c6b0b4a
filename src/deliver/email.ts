// Sends editions by SMTP, each to one address.
import type { NodemailerError } from 'nodemailer'
import type { DeliveryOutcome } from '../model/outcome.ts'
import { createMailLine, type MailLine, type Passage } from './email-line.ts'
import { mailOptions } from './email-message.ts'
import { failedOutcome } from './email-outcome.ts'
import type { EmailSettings } from './email-settings.ts'
import type { ChannelCheck, DeliveryMessage } from './message.ts'
import { withoutLogin } from './without-login.ts'

export type Mailer = {
  /** Never rejects for what the mail server does; throws TypeError for a message that could not be put into headers. */
  readonly deliver: (message: DeliveryMessage) => Promise<DeliveryOutcome>
  readonly close: () => void
}

/** As many connections as mails are under way at once; each is kept for the next mail and closed when it was idle. */
export function createMailer(settings: EmailSettings): Mailer {
  const idle: MailLine[] = []
  const all = new Set<MailLine>()
  const take = (): MailLine => {
    const line = idle.pop() ?? createMailLine(settings)
    all.add(line)
    return line
  }
  return {
    deliver: async (message) => {
      const mail = mailOptions(message, settings, recipientOf(message))
      const passage: Passage = { isHandedOver: false }
      const line = take()
      try {
        const response = await line.send(mail, passage)
        return { kind: 'sent', detail: withoutLogin(response, settings) }
      } catch (error) {
        return failedOutcome(asMailError(error), passage.isHandedOver, settings)
      } finally {
        idle.push(line)
      }
    },
    close: () => {
      for (const line of all) line.close()
    },
  }
}

/** Connects, negotiates TLS and logs in, and sends nothing. */
export async function verifyEmail(settings: EmailSettings): Promise<ChannelCheck> {
  const line = createMailLine(settings)
  try {
    await line.verify()
    return { kind: 'email', ok: true, detail: `${settings.host}:${settings.port} accepts us` }
  } catch (error) {
    return { kind: 'email', ok: false, detail: failedOutcome(asMailError(error), false, settings).detail }
  } finally {
    line.close()
  }
}

function recipientOf({ channel, recipient }: DeliveryMessage): string {
  if (recipient !== undefined) return recipient
  if (channel.kind === 'email' && channel.to.length === 1 && channel.to[0] !== undefined) return channel.to[0]
  throw new TypeError('an e-mail delivery names its one recipient')
}

function asMailError(error: unknown): NodemailerError {
  return error instanceof Error ? error : new Error(String(error))
}
