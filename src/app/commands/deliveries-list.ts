// presslark deliveries list: what was sent, to whom, and how that ended.
import { openArchive } from '../archive.ts'
import { isLateDelivery } from '../late-delivery.ts'
import { rowLimit } from '../row-limit.ts'
import { table } from '../table.ts'
import { printJson, shortTime } from '../terminal.ts'

type ListOptions = {
  readonly config?: string
  readonly limit: string
  readonly open?: boolean
  readonly json?: boolean
}

/** Lists deliveries, newest first. */
export async function listDeliveries(options: ListOptions, [digest]: readonly string[]): Promise<undefined> {
  const limit = rowLimit(options.limit)
  const { store } = await openArchive(options.config)
  const rows = store.deliveries.list(limit, {
    ...(digest !== undefined && { digestId: digest }),
    onlyOpen: options.open ?? false,
  })
  store.close()
  if (options.json) return void printJson(rows)
  if (rows.length === 0)
    return void process.stdout.write(
      options.open ? 'Every delivery is sent.\n' : 'No delivery yet: each edition brings its own.\n',
    )
  const now = Date.now()
  process.stdout.write(
    table(
      ['id', 'edition', 'channel', 'recipient', 'state', 'attempts', 'next try', 'detail'],
      rows.map((row) => [
        String(row.id),
        `${row.digestId}/${row.number}`,
        row.channel.kind,
        row.recipient,
        isLateDelivery(row, now) ? `${row.state}, late` : row.state,
        String(row.attempts),
        row.state === 'sent' || row.state === 'failed' ? '-' : shortTime(row.nextTryAt),
        row.detail ?? '',
      ]),
    ),
  )
  if (rows.some(({ state }) => state === 'failed'))
    process.stdout.write('failed ones are not tried again; `presslark deliveries retry` does\n')
  return undefined
}
