// The id under which BullMQ knows a job.
import { createHash } from 'node:crypto'

const safe = /^(?!\d+$)[\w.-]{1,200}$/

/**
 * The id itself where BullMQ takes it as it is, a hash of it otherwise: BullMQ refuses colons and integers, because it
 * builds Redis keys with the one and numbers jobs with the other.
 */
export function transportId(id: string): string {
  if (safe.test(id) && !id.startsWith('sha256-')) return id
  return `sha256-${createHash('sha256').update(id).digest('hex')}`
}
