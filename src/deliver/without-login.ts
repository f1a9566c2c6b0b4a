// What a mail server answered, without the login that it may have repeated: some quote the line they do not understand.
import { displayLine } from '../text/display-line.ts'
import type { EmailSettings } from './email-settings.ts'

const DETAIL_MAX = 200

/** One line of at most 200 UTF-16 units; the password is `***` as it stands and as SMTP writes it (RFC 4616, AUTH LOGIN). */
export function withoutLogin(answer: string, { user = '', password = '' }: EmailSettings): string {
  const base64 = (text: string): string => Buffer.from(text).toString('base64').replace(/=+$/, '')
  const forms = password === '' ? [] : [base64(`\0${user}\0${password}`), base64(password), password]
  // Cut last: half a password would no longer be found.
  return forms.reduce((line, form) => line.replaceAll(form, '***'), displayLine(answer)).slice(0, DETAIL_MAX)
}
