// presslark queue retry and queue drop: once more, or never again.
import { CommandError, exitCodes } from '../exit.ts'
import { failedIds, openWorkDesk, type WorkDesk } from '../work-desk.ts'

type ChangeOptions = { readonly config?: string; readonly all?: boolean }

function mustNameSome(ids: readonly string[], { all }: ChangeOptions): void {
  if (all === true ? ids.length === 0 : ids.length > 0) return
  throw new CommandError(
    all === true ? 'either ids or --all, not both' : 'no id is named',
    'see the ids with: presslark queue list; or say --all',
    exitCodes.usage,
  )
}

/** Returns exit code 1 when an id is unknown; the others are changed all the same. */
async function change(
  options: ChangeOptions,
  ids: readonly string[],
  verb: string,
  act: (desk: WorkDesk, id: string) => Promise<boolean>,
): Promise<number> {
  mustNameSome(ids, options)
  const desk = await openWorkDesk(options.config)
  try {
    const unknown: string[] = []
    const wanted = options.all === true ? await failedIds(desk) : ids
    for (const id of wanted) if (!(await act(desk, id))) unknown.push(id)
    process.stdout.write(`${verb}: ${wanted.length - unknown.length}\n`)
    for (const id of unknown)
      process.stderr.write(`presslark: nothing to do for "${id}"; see: presslark queue list\n`)
    return unknown.length > 0 ? exitCodes.failed : exitCodes.ok
  } finally {
    await desk.close()
  }
}

/** Does failed jobs, and deliveries that were given up, once more. */
export function retryJobs(options: ChangeOptions, ids: readonly string[]): Promise<number> {
  return change(options, ids, 'Tried again', (desk, id) => desk.retry(id))
}

/** Forgets failed jobs; a delivery that waits for another try is given up. */
export function dropJobs(options: ChangeOptions, ids: readonly string[]): Promise<number> {
  return change(options, ids, 'Dropped', (desk, id) => desk.drop(id))
}
