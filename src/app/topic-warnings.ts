// What is odd about rules that are valid all the same, such as an `and` that is a word and no operator.
import type { Config } from './config.ts'

/** One line with its remedy for each warning about the topics `ids`; about all topics when absent. */
export function topicWarnings(
  { topicWarnings: found }: Pick<Config, 'topicWarnings'>,
  ids?: readonly string[],
): readonly string[] {
  return found
    .filter(({ topicId }) => ids === undefined || ids.includes(topicId))
    .map(
      ({ topicId, message, hint }) =>
        `warning: topic ${topicId}: ${message}${hint === undefined ? '' : `; ${hint}`}`,
    )
}

/** The same, for people at the terminal. */
export function printTopicWarnings(config: Pick<Config, 'topicWarnings'>, ids?: readonly string[]): void {
  for (const line of topicWarnings(config, ids)) process.stderr.write(`${line}\n`)
}
