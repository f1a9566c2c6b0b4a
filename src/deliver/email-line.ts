// A connection to the mail server that is kept while there is mail for it: hundreds of recipients need no hundreds of handshakes.
import type { SendMailOptions, SMTPPoolOptions } from 'nodemailer'
import type { EmailSettings, MailTls } from './email-settings.ts'

const TIMEOUT_MS = 30_000
const IDLE_MS = 3_000 // shorter than any server waits, so that it is we who say goodbye
const MESSAGES_MAX = 100 // then a new connection: some servers count

// RFC 8058 asks for both List-Unsubscribe headers to be signed; nodemailer's own list knows only one of them.
const SIGNED_HEADERS =
  'From:Sender:Reply-To:To:Subject:Date:Message-ID:In-Reply-To:References:MIME-Version:Content-Type:' +
  'Content-Transfer-Encoding:Auto-Submitted:List-Id:List-Unsubscribe:List-Unsubscribe-Post'

const TLS: Readonly<Record<MailTls, SMTPPoolOptions>> = {
  implicit: { secure: true },
  starttls: { secure: false, requireTLS: true },
  none: { secure: false, ignoreTLS: true },
}

/** How far a message came: `isHandedOver` once its last byte went to the socket. */
export type Passage = { isHandedOver: boolean }

export type MailLine = {
  /** Resolves with the server's reply. One message at a time. */
  readonly send: (mail: SendMailOptions, passage: Passage) => Promise<string>
  readonly verify: () => Promise<void>
  readonly close: () => void // a message under way fails
}

/** Nothing is opened before it is needed; nodemailer is imported then: a desk that only writes files never loads it. */
export function createMailLine(settings: EmailSettings): MailLine {
  let passage: Passage = { isHandedOver: false }
  let opened: ReturnType<typeof openTransport> | undefined
  const open = () => {
    opened ??= openTransport(settings, () => {
      passage.isHandedOver = true
    })
    return opened
  }
  return {
    send: async (mail, watched) => {
      passage = watched
      const transport = await open()
      return (await transport.sendMail(mail)).response
    },
    verify: async () => {
      const transport = await open()
      await transport.verify()
    },
    close: () => void opened?.then((transport) => transport.close({ force: true })),
  }
}

/** The pool repeats a message only on a connection that was gone before its first byte, so it sends nothing twice. */
async function openTransport(settings: EmailSettings, onHandedOver: () => void) {
  const { createTransport } = await import('nodemailer')
  const { host, port, tls, user, password, authority, dkim, timeoutMs = TIMEOUT_MS } = settings
  return createTransport({
    pool: true,
    maxConnections: 1,
    maxMessages: MESSAGES_MAX,
    maxRequeues: 1,
    idleTimeout: IDLE_MS,
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
