// Says what is wrong with a topic so that an analyst can mend it: code, line, column, caret, fragment, hint.
import type { Topic, TopicProblem } from '../model/topic.ts'
import { ADVICE, type QueryCode, type QueryProblem } from './query-error.ts'

const MEANING: Readonly<Record<QueryCode, string>> = {
  E_EMPTY: 'nothing to look for',
  E_EMPTY_TERM: 'a term without letters',
  E_EMPTY_LIST: 'an empty list',
  E_UNCLOSED_PAREN: 'this bracket is never closed',
  E_UNOPENED_PAREN: 'this bracket was never opened',
  E_UNCLOSED_QUOTE: 'this quote is never closed',
  E_MISSING_OPERAND: 'something is missing beside this operator',
  E_BAD_NUMBER: 'not a number that can be used here',
  E_ONLY_NOT: 'only exclusions, nothing to look for',
  E_BAD_OPERAND: 'this cannot stand beside NEAR or inside ATLEAST',
  E_SHORT_WILDCARD: 'a wildcard that would match nearly every word',
  E_SHORT_NAME: 'too short a name to be recognised by its sound',
  E_NAME_SCRIPT: 'not a romanised name',
  E_UNKNOWN_FIELD: 'no such field',
  E_BAD_VALUE: 'not a value',
  E_TOO_DEEP: 'nested too deep',
  E_TOO_LONG: 'too long',
  E_TOO_MANY_TERMS: 'too many terms for one search',
  W_LOWERCASE_OPERATOR: 'looked for as a word, not used as an operator',
  W_MIXED_AND_OR: 'AND and OR side by side',
  W_IMPLIED_AND: 'words side by side mean AND',
  W_OTHER_COMMA: 'one phrase, since YAML knows no other comma than ,',
  W_OPERATOR_IN_LIST: 'one phrase, since lists know no operators',
}

/** Isolates a fragment of any direction, so that it cannot turn the sentence around it. */
function isolated(fragment: string): string {
  return `\u2068${fragment}\u2069`
}

/** One sentence that says what is wrong, where, and with which fragment. */
export function problemMessage(query: string, problem: QueryProblem): string {
  const { line, column } = position(query, problem.offset)
  const quoted = problem.fragment === '' ? '' : `: “${isolated(problem.fragment)}”`
  return `${problem.code} at line ${line}, column ${column}: ${MEANING[problem.code]}${quoted}`
}

/** A problem at an offset of the topic's query. */
export function queryProblem(topicId: string, query: string, problem: QueryProblem): TopicProblem {
  return {
    topicId,
    code: problem.code,
    message: problemMessage(query, problem),
    hint: ADVICE[problem.code],
    key: 'query',
    offset: problem.offset,
  }
}

/** A problem in one of the YAML keys; `entry` is the entry of the list, if it is about one. */
export function keyProblem(topicId: string, key: string, code: QueryCode, entry?: string): TopicProblem {
  const quoted = entry === undefined ? '' : `: “${isolated(entry)}”`
  return { topicId, code, message: `${code} in ${key}: ${MEANING[code]}${quoted}`, hint: ADVICE[code], key }
}

function position(
  query: string,
  offset: number,
): { readonly line: number; readonly column: number; readonly start: number } {
  const before = query.slice(0, offset)
  const start = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: Array.from(before.slice(start)).length + 1, start }
}

const SHOWN_MAX = 60 // units of the line shown on either side of the caret

/**
 * The problem for a terminal: the message, the line of the query with a caret under the place, and the hint.
 * In right-to-left text a terminal moves the letters away from the caret, so there the place is marked in the line itself.
 */
export function showProblem(topic: Topic, problem: TopicProblem): string {
  const head = `topic ${problem.topicId}: ${problem.message}`
  const hint = problem.hint === undefined ? [] : [`  hint: ${problem.hint}`]
  if (topic.query === undefined || problem.offset === undefined) return [head, ...hint].join('\n')
  return [head, ...markedPlace(topic.query, problem.offset), ...hint].join('\n')
}

/** The line of a query that holds an offset, the place marked for a terminal. */
export function markedPlace(query: string, offset: number): readonly string[] {
  const { start } = position(query, offset)
  const from = Math.max(start, offset - SHOWN_MAX)
  const lineEnd = query.indexOf('\n', offset)
  const to = Math.min(lineEnd < 0 ? query.length : lineEnd, offset + SHOWN_MAX)
  const line = query.slice(from, to)
  if (/[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(line))
    return [`  ${query.slice(from, offset)}▶${query.slice(offset, to)}`]
  return [`  ${line}`, `  ${' '.repeat(Array.from(query.slice(from, offset)).length)}^`]
}
