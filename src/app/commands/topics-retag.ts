// presslark topics retag: the archive tagged again with the rules in force.
import { type RetagEnd, type Retagged, retagArchive } from '../../jobs/index.ts'
import { compileWatchlist } from '../../pipeline/tag.ts'
import type { ActiveRule, Store } from '../../store/index.ts'
import { openArchive } from '../archive.ts'
import { chosenTopics } from '../chosen-topics.ts'
import type { Config } from '../config.ts'
import { CommandError } from '../exit.ts'
import { startProgress } from '../progress.ts'
import { rulesInForce } from '../rules-in-force.ts'
import { parseTime } from '../span.ts'
import { table } from '../table.ts'
import { printJson } from '../terminal.ts'

type RetagOptions = { readonly config?: string; readonly json?: boolean; readonly since?: string }

/**
 * The rules in force of the topics asked for. Throws CommandError while topics.yaml waits to be put in force: a service that
 * still tags with the old rules would leave gaps behind us.
 */
function rulesOf(store: Store, config: Config, ids: readonly string[]): readonly ActiveRule[] {
  const states = rulesInForce(
    store,
    config.topics.filter((topic) => ids.includes(topic.id)),
  )
  const waiting = states.filter(({ isChanged }) => isChanged).map(({ topic }) => topic.id)
  if (waiting.length > 0)
    throw new CommandError(
      `topics.yaml has changed and is not in force yet: ${waiting.join(', ')}`,
      'a running service reads it within 15 seconds; without one, `presslark run --once` puts it in force',
    )
  return states.flatMap(({ inForce }) => inForce ?? [])
}

async function retagWithProgress(
  store: Store,
  active: readonly ActiveRule[],
  since: number,
): Promise<RetagEnd> {
  const rules = active.map(({ topicId, version }) => ({ topicId, version }))
  const { watchlist } = compileWatchlist(active.map(({ topic }) => topic))
  const plan = store.retag.plan(rules, since)
  if (plan.resumed)
    process.stderr.write(`An earlier run was cut off behind article ${plan.after}; going on from there.\n`)
  const progress = startProgress('re-tagging', plan.left)
  const end = await retagArchive({ store, rules, watchlist, since }, (articles) =>
    progress.step('articles', articles),
  )
  progress.end()
  return end
}

function printTopics(topics: readonly Retagged[]): void {
  process.stdout.write(
    table(
      ['topic', 'rule', 'articles', 'gained', 'lost'],
      topics.map((row) => [
        row.topicId,
        `v${row.version}`,
        String(row.matched),
        String(row.gained),
        String(row.lost),
      ]),
    ),
  )
}

/** Tags the archive again. Safe to break off and to repeat; matches of older rules stay. */
export async function retagTopics(options: RetagOptions, [id]: readonly string[]): Promise<undefined> {
  const since = options.since === undefined ? 0 : parseTime(options.since, Date.now())
  const { store, config } = await openArchive(options.config)
  try {
    const active = rulesOf(store, config, chosenTopics(config, id))
    const { topics, changed } = await retagWithProgress(store, active, since)
    if (changed.length > 0)
      throw new CommandError(
        `the rules of ${changed.join(', ')} changed while the archive was re-tagged`,
        'run the same command again',
      )
    if (options.json) printJson(topics)
    else printTopics(topics)
  } finally {
    store.close()
  }
  return undefined
}
