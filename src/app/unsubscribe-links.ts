// The links by which one recipient leaves one digest: unguessable, and the same in every mail.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Digest } from '../model/digest.ts'

export type Subscription = { readonly digest: Digest; readonly recipient: string }

/** HMAC-SHA256 over digest and recipient: says neither, and cannot be made without the key. 43 characters of base64url. */
export function unsubscribeToken(key: string, digestId: string, recipient: string): string {
  return createHmac('sha256', key).update(`unsubscribe\n${digestId}\n${recipient}`).digest('base64url')
}

/** The address that a mail carries. */
export function unsubscribeUrl(publicUrl: string, token: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/unsubscribe/${token}`
}

/** Whose token this is. Every subscription is compared in full, so that the time taken tells nothing. */
export function subscriptionOf(
  key: string,
  token: string,
  digests: readonly Digest[],
): Subscription | undefined {
  const asked = Buffer.from(token)
  let found: Subscription | undefined
  for (const subscription of subscriptionsOf(digests)) {
    const { digest, recipient } = subscription
    const known = Buffer.from(unsubscribeToken(key, digest.id, recipient))
    if (known.length === asked.length && timingSafeEqual(known, asked)) found = subscription
  }
  return found
}

/** Everybody who gets mail, once a digest. */
export function subscriptionsOf(digests: readonly Digest[]): readonly Subscription[] {
  return digests.flatMap((digest) => {
    const recipients = digest.channels.flatMap((channel) => (channel.kind === 'email' ? channel.to : []))
    return [...new Set(recipients)].map((recipient) => ({ digest, recipient }))
  })
}
