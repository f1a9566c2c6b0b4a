// Which topics a command is about: the one that was named, or all.
import type { Config } from './config.ts'
import { CommandError, exitCodes } from './exit.ts'
import { suggestion } from './nearest-word.ts'

/** The ids of the topics asked for, in configured order. Throws CommandError when there is no such topic. */
export function chosenTopics(config: Config, id: string | undefined): readonly string[] {
  const ids = config.topics.map((topic) => topic.id)
  if (id === undefined) return ids
  if (ids.includes(id)) return [id]
  throw new CommandError(`there is no topic "${id}" in topics.yaml`, suggestion(id, ids), exitCodes.usage)
}
