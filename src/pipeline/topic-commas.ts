// Entries that YAML did not part: it knows the Latin comma only, so `[نان، نمک]` is one phrase that hardly ever occurs.
import type { TermList, Topic, TopicProblem } from '../model/topic.ts'
import { keyProblem } from './topic-problem.ts'

const OTHER_COMMA = /[،؛、，]/u

function entriesOf(list: TermList | undefined): readonly string[] {
  return Object.values(list ?? []).flat()
}

/** A warning for each list whose entries hold an Arabic or a Chinese comma, with the first such entry. */
export function commaWarnings(topic: Topic): readonly TopicProblem[] {
  const lists = {
    any: entriesOf(topic.any),
    all: (topic.all ?? []).flat(),
    near: (topic.near?.of ?? []).flat(),
    none: entriesOf(topic.none),
  }
  return Object.entries(lists).flatMap(([key, entries]) => {
    const entry = entries.find((one) => OTHER_COMMA.test(one))
    return entry === undefined ? [] : [keyProblem(topic.id, key, 'W_OTHER_COMMA', entry)]
  })
}
