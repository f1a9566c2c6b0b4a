// The deliveries of a round that did not reach their recipients.
import type { DeliveryRow, Store } from '../store/index.ts'
import { printable, shortTime } from './terminal.ts'

const openOnesMax = 5_000
const shownMax = 20

function lineOf({ id, digestId, number, channel, state, nextTryAt, detail = '' }: DeliveryRow): string {
  const next =
    state === 'failed'
      ? `given up; when it is mended: presslark deliveries retry ${id}`
      : `tried again from ${shortTime(nextTryAt)} on`
  return `${digestId}/${number} by ${channel.kind} was not delivered: ${printable(detail).trimEnd()}; ${next}`
}

/** A line for each delivery whose job was tried and that is not sent. */
export function unsentLines(store: Store, triedJobs: ReadonlySet<string>): readonly string[] {
  if (triedJobs.size === 0) return []
  const unsent = store.deliveries
    .list(openOnesMax, { onlyOpen: true })
    .filter(({ id }) => triedJobs.has(`deliver-${id}`))
    .toReversed()
  const more = unsent.length - shownMax
  return [
    ...unsent.slice(0, shownMax).map(lineOf),
    ...(more > 0 ? [`and ${more} more: presslark deliveries list --open`] : []),
  ]
}
