// Is a push signed with the secret that we gave its hub?
import { createHmac, timingSafeEqual } from 'node:crypto'
import { firstHeader, type Headers } from './header.ts'

// SHA-1 is forgeable by now, and WebSub allows the others since 2018.
const methods = new Set(['sha256', 'sha384', 'sha512'])
const names = ['x-hub-signature-256', 'x-hub-signature']

/** True when one of the signature headers, `method=hex`, is right for `body`. Takes as long for a near miss as for any other. */
export function isSignedWith(secret: string, body: Uint8Array, headers: Headers): boolean {
  return names.some((name) => isRight(firstHeader(headers, name) ?? '', secret, body))
}

function isRight(signature: string, secret: string, body: Uint8Array): boolean {
  const [method = '', hex = ''] = signature.trim().split('=', 2)
  if (!methods.has(method.toLowerCase())) return false
  const expected = createHmac(method.toLowerCase(), secret).update(body).digest()
  const given = Buffer.from(hex, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
