// How mail is sent. Passwords and keys come in from the caller, who has them from the environment.

/** `starttls` refuses to go on in clear text; `none` is for a relay on the same machine. */
export type MailTls = 'implicit' | 'starttls' | 'none'

export type EmailSettings = {
  readonly host: string
  readonly port: number
  readonly tls: MailTls
  readonly user?: string
  readonly password?: string
  readonly from: string // a bare address
  readonly fromName?: string
  readonly replyTo?: string
  readonly envelopeFrom?: string // where bounces go; `from` when absent
  readonly listId?: string // domain-like, such as briefings.example.org
  readonly unsubscribeMailto?: string // a bare address
  readonly unsubscribeUrl?: string // an https page for everybody; a message's own one-click link goes before it
  readonly authority?: string // PEM of a private certificate authority
  readonly dkim?: { readonly domain: string; readonly selector: string; readonly privateKey: string }
  readonly timeoutMs?: number // for connecting, and for silence afterwards; 30 s when absent
}
