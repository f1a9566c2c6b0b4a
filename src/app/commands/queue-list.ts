// presslark queue list: how much waits, runs and failed, and what failed, with the reason.
import { table } from '../table.ts'
import { printJson, shortTime } from '../terminal.ts'
import { openWorkDesk, type WorkItem } from '../work-desk.ts'

type ListOptions = { readonly config?: string; readonly json?: boolean }

const titles = {
  failed: 'Failed',
  running: 'Running',
  waiting: 'Waiting for another try',
} as const satisfies Record<WorkItem['state'], string>
const times = {
  failed: 'failed at',
  running: 'since',
  waiting: 'tried at',
} as const satisfies Record<WorkItem['state'], string>

function printItems(state: WorkItem['state'], items: readonly WorkItem[]): void {
  const rows = items
    .filter((item) => item.state === state)
    .map(({ id, at, what = '', reason = '' }) => [id, shortTime(at), what, reason])
  if (rows.length > 0)
    process.stdout.write(`\n${titles[state]}\n${table(['id', times[state], 'what', 'reason'], rows, 100)}`)
}

/** Prints the counts of each job, then what failed, what is delayed and what runs. */
export async function listQueue({ config, json }: ListOptions): Promise<undefined> {
  const desk = await openWorkDesk(config)
  try {
    const { counts, items } = await desk.look()
    if (json) return void printJson({ transport: desk.transport, counts, items })
    const rows = counts.map(({ job, waiting, running, failed }) =>
      [job, waiting, running, failed].map(String),
    )
    process.stdout.write(table(['job', 'waiting', 'running', 'failed'], rows))
    for (const state of ['failed', 'waiting', 'running'] as const) printItems(state, items)
    if (items.some((item) => item.state === 'failed'))
      process.stdout.write(
        '\nOnce more: presslark queue retry ID, or --all. Forget: presslark queue drop ID, or --all.\n',
      )
    return undefined
  } finally {
    await desk.close()
  }
}
