// What is odd about rules that are valid all the same, such as an `and` that is a word and no operator.
import { conditionWarnings } from './condition-warnings.ts'
import type { Config } from './config.ts'

type Known = Pick<Config, 'topicWarnings' | 'topics' | 'sources'>

/** One line with its remedy for each warning about the topics `ids`; about all topics when absent. */
export function topicWarnings(config: Known, ids?: readonly string[]): readonly string[] {
  return [...config.topicWarnings, ...conditionWarnings(config)]
    .filter(({ topicId }) => ids === undefined || ids.includes(topicId))
    .map(
      ({ topicId, message, hint }) =>
        `warning: topic ${topicId}: ${message}${hint === undefined ? '' : `; ${hint}`}`,
    )
}

/** The same, for people at the terminal. */
export function printTopicWarnings(config: Known, ids?: readonly string[]): void {
  for (const line of topicWarnings(config, ids)) process.stderr.write(`${line}\n`)
}
