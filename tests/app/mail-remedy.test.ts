import { expect, test } from 'vitest'
import { mailRemedy } from '../../src/app/mail-remedy.ts'

test.each([
  ['ETLS STARTTLS is required but the server does not offer it', 'mail.secure'],
  ['ETIMEDOUT TLS handshake timed out', 'mail.secure'],
  ['ESOCKET C0DE:error:0A00010B:SSL routines:wrong version number', 'mail.secure'],
  ['EAUTH Missing credentials for "PLAIN"', 'PRESSLARK_SMTP_PASSWORD in the environment or in .env'],
  ['ESOCKET connect ECONNREFUSED 127.0.0.1:2525', 'mail.host and mail.port'],
  ['EDNS getaddrinfo ENOTFOUND mail.example.org', 'mail.host and mail.port'],
  ['EPROTOCOL Invalid greeting', 'the mail section'],
])('%s: the remedy names %s', (detail, remedy) => {
  expect(mailRemedy(detail)).toContain(remedy)
})
