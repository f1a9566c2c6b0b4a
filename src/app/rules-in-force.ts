// The rules articles are tagged with now, beside those that topics.yaml asks for.
import { matchingRule } from '../model/matching-rule.ts'
import type { Topic } from '../model/topic.ts'
import type { ActiveRule, Store } from '../store/index.ts'

/** A topic of topics.yaml. `inForce` is absent while its first rule waits; `isChanged` when by topics.yaml it would match otherwise. */
export type RuleState = {
  readonly topic: Topic
  readonly inForce?: ActiveRule
  readonly isChanged: boolean
}

/** Compares topics of topics.yaml with the rules in force. Puts nothing in force: that do `run`, `fetch` and `digest`. */
export function rulesInForce(store: Store, topics: readonly Topic[]): readonly RuleState[] {
  const active = new Map(store.topics.active().map((rule) => [rule.topicId, rule]))
  return topics.map((topic) => {
    const inForce = active.get(topic.id)
    if (inForce === undefined) return { topic, isChanged: true }
    return { topic, inForce, isChanged: matchingRule(inForce.topic) !== matchingRule(topic) }
  })
}
