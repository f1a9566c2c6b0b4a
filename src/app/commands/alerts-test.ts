// presslark alerts test: what the alerts would have said of late, so that a rule is tried before it wakes anybody.
import { type Rehearsed, rehearseAlert } from '../../jobs/index.ts'
import type { Alert } from '../../model/alert.ts'
import { alertStories } from '../../pipeline/alert-stories.ts'
import { openArchive } from '../archive.ts'
import type { Config } from '../config.ts'
import { deskOf } from '../desk.ts'
import { CommandError, exitCodes } from '../exit.ts'
import { suggestion } from '../nearest-word.ts'
import { parseTime } from '../span.ts'
import { printable, printJson, shortTime } from '../terminal.ts'

type TestOptions = { readonly config?: string; readonly since: string; readonly json?: boolean }

function chosenAlerts({ alerts }: Config, id: string | undefined): readonly Alert[] {
  if (id === undefined) return alerts
  const alert = alerts.find((candidate) => candidate.id === id)
  if (alert !== undefined) return [alert]
  const ids = alerts.map((candidate) => candidate.id)
  throw new CommandError(`there is no alert "${id}" in digests.yaml`, suggestion(id, ids), exitCodes.usage)
}

function issueLines({ at, edition }: Rehearsed): readonly string[] {
  const spikes = edition.alert?.kind === 'spike' ? edition.alert.topics : []
  return [
    `  ${shortTime(at)}`,
    ...spikes.map(
      ({ topic, count, usual }) => `    ${printable(topic.name)}: ${count} articles, usually ${usual}`,
    ),
    ...alertStories(edition).map(
      ({ lead, outlets }) =>
        `    ${printable(lead.title)} (${printable(lead.outlet.name)}${outlets > 1 ? `, ${outlets} outlets` : ''})`,
    ),
  ]
}

/** Plays the alerts over the archive and prints every issue there would have been. */
export async function testAlerts(options: TestOptions, [id]: readonly string[]): Promise<undefined> {
  const { store, config } = await openArchive(options.config)
  try {
    const [now, desk] = [Date.now(), deskOf(config)]
    const since = parseTime(options.since, now)
    const played = chosenAlerts(config, id).map((alert) => ({
      alert: alert.id,
      issues: rehearseAlert({ store, desk, alert }, since, now),
    }))
    if (options.json) return void printJson(played)
    if (played.length === 0)
      return void process.stdout.write('no alerts; docs/alerts.md shows how one is written in digests.yaml\n')
    for (const { alert, issues } of played) {
      const lines = issues.flatMap(issueLines)
      process.stdout.write(
        `${alert}: ${issues.length} since ${shortTime(since)}\n${lines.map((line) => `${line}\n`).join('')}`,
      )
    }
  } finally {
    store.close()
  }
  return undefined
}
