// presslark alerts list: what would disturb whom, and when it last did.
import type { Alert } from '../../model/alert.ts'
import { isQuietHour, mayAlert } from '../../pipeline/quiet-hours.ts'
import { openArchive } from '../archive.ts'
import { table } from '../table.ts'
import { printJson, shortTime } from '../terminal.ts'

type ListOptions = { readonly config?: string; readonly json?: boolean }

function stateOf(alert: Alert, lastAlertAt: number | undefined, now: number): string {
  if (isQuietHour(alert, now)) return 'quiet hours'
  return mayAlert(alert, lastAlertAt, now) ? 'listening' : 'cooling down'
}

/** Lists the alerts of digests.yaml with their last issue. */
export async function listAlerts(options: ListOptions): Promise<undefined> {
  const { store, config } = await openArchive(options.config)
  const now = Date.now()
  const rows = config.alerts.map((alert) => {
    const position = store.alerts.position(alert.id)
    return {
      id: alert.id,
      name: alert.name,
      when: alert.when,
      topics: alert.topics,
      state: position === undefined ? 'not begun' : stateOf(alert, position.lastAlertAt, now),
      lastAlertAt: position?.lastAlertAt === undefined ? null : new Date(position.lastAlertAt).toISOString(),
    }
  })
  store.close()
  if (options.json) return void printJson(rows)
  if (rows.length === 0)
    return void process.stdout.write('no alerts; docs/alerts.md shows how one is written in digests.yaml\n')
  process.stdout.write(
    table(
      ['alert', 'when', 'topics', 'state', 'last issue'],
      rows.map(({ id, when, topics, state, lastAlertAt }) => [
        id,
        when,
        topics.join(', '),
        state,
        shortTime(lastAlertAt === null ? undefined : Date.parse(lastAlertAt)),
      ]),
    ),
  )
  return undefined
}
