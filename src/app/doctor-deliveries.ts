// Is every edition with its recipients that should be?
import { existsSync } from 'node:fs'
import type { Instant } from '../model/time.ts'
import { type DeliveryRow, openStore } from '../store/index.ts'
import type { Config } from './config.ts'
import { bad, type Finding, ok } from './finding.ts'
import { isLateDelivery } from './late-delivery.ts'
import { numberOf } from './number-of.ts'
import { printable, shortTime } from './terminal.ts'

const openOnesMax = 5_000
const weekMs = 7 * 24 * 3_600_000

/** Names the edition and the channel, not the recipient: what a doctor says is shown to others. */
function lineOf({ digestId, number, channel, windowUntil, attempts, detail }: DeliveryRow): string {
  const why = detail === undefined ? 'not tried yet' : printable(detail).trimEnd()
  return `${digestId}/${number} by ${channel.kind}, due since ${shortTime(windowUntil)}, ${numberOf(attempts, 'attempt')}: ${why}`
}

/** A first try that failed is no trouble yet, but whoever just set up mail wants to hear of it; so does who mistyped an address. */
function otherwise(open: readonly DeliveryRow[], now: Instant): string {
  const again = open.filter(({ state, attempts }) => state === 'pending' && attempts > 0)
  const givenUp = open.filter(({ state, createdAt }) => state === 'failed' && now - createdAt < weekMs)
  const told = (what: string, rows: readonly DeliveryRow[]): string =>
    rows[0] === undefined ? '' : `; ${what}: ${rows.length}, the newest ${lineOf(rows[0])}`
  return `${told('tried again', again)}${told('given up', givenUp)}`
}

/** One finding, about the delivery that is late for the longest time and how many there are. None before the first run. */
export function checkDeliveries({ settings: { databasePath } }: Config, now: Instant): readonly Finding[] {
  if (!existsSync(databasePath)) return []
  const store = openStore(databasePath, { readonly: true })
  try {
    const open = store.deliveries.list(openOnesMax, { onlyOpen: true })
    const late = open.filter((row) => isLateDelivery(row, now))
    const [oldest] = late.toSorted((a, b) => a.windowUntil - b.windowUntil)
    if (oldest === undefined) return [ok('deliveries', `none is late${otherwise(open, now)}`)]
    const remedy =
      'mend what it says; each is tried again for a day while `presslark run` or a digest worker runs, and `presslark deliveries list --open` names all'
    return [
      bad(
        'deliveries',
        `${late.length} ${late.length === 1 ? 'is' : 'are'} late; the oldest is ${lineOf(oldest)}; ${remedy}`,
      ),
    ]
  } finally {
    store.close()
  }
}
