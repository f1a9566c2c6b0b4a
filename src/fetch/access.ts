// What a feed's settings open to its requests, and to nobody else's.
import type { FeedSettings } from '../model/source.ts'

/** Requests that differ in these never share a connection. */
export type Access = Pick<FeedSettings, 'allowPrivate' | 'allowBadCertificate' | 'proxy' | 'headers'>

/** The part of a request that its feed's settings decide. */
export function accessOf({ allowPrivate, allowBadCertificate, proxy, headers }: FeedSettings): Access {
  return {
    ...(allowPrivate === undefined ? {} : { allowPrivate }),
    ...(allowBadCertificate === undefined ? {} : { allowBadCertificate }),
    ...(proxy === undefined ? {} : { proxy }),
    ...(headers === undefined ? {} : { headers }),
  }
}
