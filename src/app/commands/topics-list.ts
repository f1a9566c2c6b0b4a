// presslark topics list: what we listen for, and with which rules.

import type { Store } from '../../store/index.ts'
import { openArchive } from '../archive.ts'
import type { Config } from '../config.ts'
import { rulesInForce } from '../rules-in-force.ts'
import { parseTime } from '../span.ts'
import { table } from '../table.ts'
import { printJson } from '../terminal.ts'
import { printTopicWarnings } from '../topic-warnings.ts'

type ListOptions = { readonly config?: string; readonly json?: boolean }

function readRows(store: Store, config: Config) {
  const { byTopic } = store.stats(parseTime('30d', Date.now()))
  const hits = new Map(byTopic.map((row) => [row.topicId, row.articles]))
  return rulesInForce(store, config.topics).map(({ topic, inForce, isChanged }) => ({
    id: topic.id,
    name: topic.name,
    group: topic.group ?? '',
    version: inForce?.version ?? null, // null: not in force yet
    changed: isChanged,
    hits30d: hits.get(topic.id) ?? 0,
  }))
}

/** `v2`; with a star when topics.yaml says something else by now. */
function shownRule(version: number | null, changed: boolean): string {
  return version === null ? 'new' : `v${version}${changed ? ' *' : ''}`
}

/** Lists topics with their rule in force and the hits of the last 30 days. */
export async function listTopics(options: ListOptions): Promise<undefined> {
  const { store, config } = await openArchive(options.config)
  const rows = readRows(store, config)
  const unfinished = store.retag.unfinished()
  store.close()
  if (options.json) return void printJson(rows)
  printTopicWarnings(config)
  process.stdout.write(
    table(
      ['topic', 'name', 'group', 'rule', 'hits in 30 days'],
      rows.map((row) => [
        row.id,
        row.name,
        row.group,
        shownRule(row.version, row.changed),
        String(row.hits30d),
      ]),
    ),
  )
  if (rows.some((row) => row.changed))
    process.stdout.write(
      '* or new: topics.yaml has changed since; the next `presslark run` puts it in force, `presslark topics diff` shows what that changes\n',
    )
  if (unfinished.length > 0)
    process.stdout.write(
      `re-tagging was cut off: ${unfinished.join(', ')}; \`presslark topics retag\` goes on\n`,
    )
  return undefined
}
