// The links by which one recipient leaves one digest: unguessable, and the same in every mail.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Digest } from '../model/digest.ts'

/** A digest or an alert: whatever goes to people by mail. */
export type Order = Pick<Digest, 'id' | 'name' | 'language' | 'channels'>
export type MailSubscription = { readonly order: Order; readonly recipient: string }

/** HMAC-SHA256 over digest and recipient: says neither, and cannot be made without the key. 43 characters of base64url. */
export function unsubscribeToken(key: string, digestId: string, recipient: string): string {
  return createHmac('sha256', key).update(`unsubscribe\n${digestId}\n${recipient}`).digest('base64url')
}

/** The address that a mail carries. */
export function unsubscribeUrl(publicUrl: string, token: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/unsubscribe/${token}`
}

/** Whose token this is. Every subscription is compared in full, so that the time taken tells nothing. */
export function mailSubscriptionOf(
  key: string,
  token: string,
  orders: readonly Order[],
): MailSubscription | undefined {
  const asked = Buffer.from(token)
  let found: MailSubscription | undefined
  for (const subscription of mailSubscriptionsOf(orders)) {
    const { order, recipient } = subscription
    const known = Buffer.from(unsubscribeToken(key, order.id, recipient))
    if (known.length === asked.length && timingSafeEqual(known, asked)) found = subscription
  }
  return found
}

/** Everybody who gets mail, once an order. */
export function mailSubscriptionsOf(orders: readonly Order[]): readonly MailSubscription[] {
  return orders.flatMap((order) => {
    const recipients = order.channels.flatMap((channel) => (channel.kind === 'email' ? channel.to : []))
    return [...new Set(recipients)].map((recipient) => ({ order, recipient }))
  })
}
