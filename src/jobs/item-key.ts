// The identity of an entry within its feed, and a fingerprint of what it says.
import { hash } from 'node:crypto'
import type { Item } from '../model/item.ts'

const keyMax = 200 // a guid may be a megabyte long

function digest(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 27)
}

/** guid, else URL, else a hash of title and date; long ones are hashed. Never resolved, never shared between feeds. */
export function itemKey(item: Item): string {
  const key =
    item.guid ??
    item.url ??
    `title ${digest(`${item.title ?? ''}\n${item.dateText ?? ''}\n${item.title === undefined ? item.text : ''}`)}`
  return key.length <= keyMax ? key : `long ${digest(key)}`
}

/** What is kept of a content hash to know an entry again. */
export const shortHashLength = 8

/** Changes when the publisher changes title, summary, text or link. */
export function contentHash(item: Item): string {
  return digest([item.title ?? '', item.summary, item.text, item.url ?? ''].join('\u0000'))
}
