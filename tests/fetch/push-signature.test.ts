// A61: only who knows the secret can push.
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isSignedWith } from '../../src/fetch/push-signature.ts'

const body = Buffer.from('<rss/>')
const sign = (method: string, secret = 'secret') =>
  `${method}=${createHmac(method, secret).update(body).digest('hex')}`

describe('a signature', () => {
  it.each(['sha256', 'sha384', 'sha512'])('by %s is believed in either header', (method) => {
    expect(isSignedWith('secret', body, { 'x-hub-signature': sign(method) })).toBe(true)
    expect(isSignedWith('secret', body, { 'x-hub-signature-256': sign(method) })).toBe(true)
  })

  it.each([
    ['by SHA-1', sign('sha1')],
    ['of another secret', sign('sha256', 'guess')],
    ['that is cut short', sign('sha256').slice(0, -2)],
    ['without a method', sign('sha256').slice(7)],
    ['of no bytes', 'sha256='],
    ['by a method that is none', 'constructor=00'],
    ['that is missing', ''],
  ])('%s is not (A61)', (_, signature) => {
    expect(
      isSignedWith('secret', body, { 'x-hub-signature': signature, 'x-hub-signature-256': signature }),
    ).toBe(false)
  })
})
