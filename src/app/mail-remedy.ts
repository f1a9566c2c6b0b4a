// What to change when a mail server could not be used.

const secureRemedy =
  'where the server has no STARTTLS, set mail.secure to tls (often port 465), or to none for a relay on this machine'

/** ETLS is nodemailer's code for a connection that could not be encrypted as asked; a server may also just fall silent. */
export function mailRemedy(detail: string): string {
  if (detail.startsWith('ETLS') || /TLS|SSL/.test(detail)) return secureRemedy
  if (detail.startsWith('EAUTH'))
    return 'check mail.user in presslark.yaml, and PRESSLARK_SMTP_PASSWORD in the environment or in .env beside config'
  if (/ECONNREFUSED|ENOTFOUND|EDNS|ETIMEDOUT|EHOSTUNREACH/.test(detail))
    return 'check mail.host and mail.port in presslark.yaml, and whether a firewall lets this machine through'
  return 'check the mail section of presslark.yaml and PRESSLARK_SMTP_PASSWORD'
}
