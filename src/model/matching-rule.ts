// What of a topic decides which articles it matches.
import type { Topic } from './topic.ts'

/** The rule as text that is equal for topics that match alike: a new name, group, colour or weight makes no new rule. */
export function matchingRule({
  name: _name,
  group: _group,
  color: _color,
  weight: _weight,
  ...rule
}: Topic): string {
  return JSON.stringify(rule)
}
