// What a failed attempt to send means for the next one.
import type { NodemailerError } from 'nodemailer'
import type { DeliveryOutcome } from '../model/outcome.ts'
import type { EmailSettings } from './email-settings.ts'
import { withoutLogin } from './without-login.ts'

// Our own mistakes: no later attempt can mend them, and no server was asked.
const OURS = new Set(['EFILEACCESS', 'EURLACCESS', 'ESTREAM', 'EMAXRECIPIENTS'])

/**
 * A 5xx reply to the envelope or the message is the server's last word on it; a 5xx to the greeting or the login is
 * about us and may be mended, so it is temporary, as is 4xx. A line that breaks without a reply is harmless until the
 * last byte of the message was handed over; from then on nobody knows (RFC 5321, section 6.1).
 */
export function failedOutcome(
  error: NodemailerError,
  wasHandedOver: boolean,
  settings: EmailSettings,
): DeliveryOutcome {
  const detail = withoutLogin(`${error.code ?? 'error'} ${error.message}`, settings)
  const { responseCode } = error
  if (responseCode !== undefined) {
    return { kind: isLastWord(error, responseCode) ? 'permanent' : 'temporary', detail }
  }
  if (error.code !== undefined && OURS.has(error.code)) return { kind: 'permanent', detail }
  return { kind: wasHandedOver ? 'uncertain' : 'temporary', detail }
}

/** 503, bad sequence of commands, judges the session rather than the message. */
function isLastWord({ command = '' }: NodemailerError, responseCode: number): boolean {
  const isAboutMessage = command === 'MAIL FROM' || command === 'RCPT TO' || command === 'DATA'
  return isAboutMessage && responseCode >= 500 && responseCode !== 503
}
