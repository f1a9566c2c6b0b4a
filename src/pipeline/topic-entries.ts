// Entries of lists that are one term, though something else was probably meant.
import type { TermList, Topic, TopicProblem } from '../model/topic.ts'
import type { QueryCode } from './query-error.ts'
import { keyProblem } from './topic-problem.ts'

// YAML parts entries at the Latin comma only, so `[نان، نمک]` is one phrase that hardly ever occurs.
const OTHER_COMMA = /[،؛、，]/u
// As a query would have it: an operator between two words, a number behind one, a word that begins with the sign for NOT.
const OPERATOR = /\S\s+(?:AND|OR|NOT|O?NEAR(?:\/\d+)?)\s+\S|\bATLEAST\/\d|^-[\p{L}\p{N}"]/u

const SIGNS: readonly (readonly [QueryCode, RegExp])[] = [
  ['W_OTHER_COMMA', OTHER_COMMA],
  ['W_OPERATOR_IN_LIST', OPERATOR],
]

function entriesOf(list: TermList | undefined): readonly string[] {
  return Object.values(list ?? []).flat()
}

/** For each list a warning of each kind, with the first entry that it is about. */
export function entryWarnings(topic: Topic): readonly TopicProblem[] {
  const lists = {
    any: entriesOf(topic.any),
    all: (topic.all ?? []).flat(),
    near: (topic.near?.of ?? []).flat(),
    none: entriesOf(topic.none),
  }
  return Object.entries(lists).flatMap(([key, entries]) =>
    SIGNS.flatMap(([code, sign]) => {
      const entry = entries.find((one) => sign.test(one))
      return entry === undefined ? [] : [keyProblem(topic.id, key, code, entry)]
    }),
  )
}
