// Turns a topic, as written in YAML, into one tree: every key given must hold.
import type { MetaField, Near, TermList, Topic, TopicProblem } from '../model/topic.ts'
import { parseQuery } from './query.ts'
import { fail, type QueryCode, QuerySyntaxError } from './query-error.ts'
import { metaValue } from './query-token.ts'
import {
  FIELD_BITS,
  looksForSomething,
  type QueryNode,
  TEXT_FIELDS,
  type TermMode,
  type TermNode,
} from './query-tree.ts'
import { readTerm } from './term.ts'
import { entryWarnings } from './topic-entries.ts'
import { keyProblem, queryProblem } from './topic-problem.ts'

/** The tree of a topic, absent when it has problems. */
export type TopicTree = {
  readonly tree?: QueryNode
  readonly problems: readonly TopicProblem[]
  readonly warnings: readonly TopicProblem[]
}

/** Languages whose writing does not attach short words to the next one. */
const WITHOUT_PREFIXES: ReadonlySet<string> = new Set(['fa', 'tr', 'ckb', 'en'])

type Lists = { readonly fields: number; readonly attached: boolean }

/** Reads a topic. Mistakes are reported, each with its key; nothing throws. */
export function topicTree(topic: Topic): TopicTree {
  const problems: TopicProblem[] = []
  const lists = {
    fields: topic.field === undefined || topic.field === 'text' ? TEXT_FIELDS : FIELD_BITS[topic.field],
    attached: true,
  }
  const part = <T>(key: string, value: T | undefined, read: (value: T) => QueryNode | undefined) =>
    value === undefined ? undefined : attempt(topic.id, key, problems, () => read(value))
  const parsed = topic.query === undefined ? undefined : parseQuery(topic.query)
  if (parsed?.ok === false) problems.push(queryProblem(topic.id, topic.query ?? '', parsed.problem))
  const of = [
    part('any', topic.any, (list) => termList(list, lists)),
    part('all', topic.all, (list) => allOf(list, lists)),
    part('near', topic.near, (near) => nearOf(near, lists)),
    part('where', topic.where, whereOf),
    parsed?.ok === true ? parsed.tree : undefined,
    part('none', topic.none, (list) => noneOf(list, lists)),
  ].filter((node) => node !== undefined)
  const doubtful = parsed?.ok === true ? parsed.warnings : []
  const warnings = [
    ...doubtful.map((warning) => queryProblem(topic.id, topic.query ?? '', warning)),
    ...entryWarnings(topic),
  ]
  const tree: QueryNode = { kind: 'and', of, offset: 0 }
  if (problems.length === 0 && of.length === 0) problems.push(keyProblem(topic.id, 'any', 'E_EMPTY'))
  else if (problems.length === 0 && !looksForSomething(tree))
    problems.push(keyProblem(topic.id, 'none', 'E_ONLY_NOT'))
  return problems.length === 0 ? { tree, problems, warnings } : { problems, warnings }
}

function attempt(
  topicId: string,
  key: string,
  problems: TopicProblem[],
  read: () => QueryNode | undefined,
): QueryNode | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof QuerySyntaxError)) throw error
    const { code, fragment } = error.problem
    problems.push(keyProblem(topicId, key, code, fragment === '' ? undefined : fragment))
    return undefined
  }
}

function refuse(code: QueryCode, entry = ''): never {
  return fail(code, entry, 0, entry.length)
}

const ENTRY = /^([=~]?)(?:"(.*)"~(\d+)|(.*))$/su
const MODES: Readonly<Record<string, TermMode>> = { '=': 'exact', '~': 'name' }

/** An entry of a list: a literal term. Only `=`, `~`, wildcards and `"…"~n` mean anything in it. */
function entryTerm(entry: string, lists: Lists): TermNode {
  const [, sign = '', phrase, words, text = ''] = ENTRY.exec(entry.trim()) ?? []
  const mode = MODES[sign] ?? 'plain'
  const mistake = readTerm(phrase ?? text, mode).problem
  if (mistake !== undefined) refuse(mistake, entry)
  const attached = lists.attached && mode === 'plain'
  const term = {
    kind: 'term',
    text: phrase ?? text,
    mode,
    attached,
    fields: lists.fields,
    offset: 0,
  } as const
  return words === undefined ? term : { ...term, window: Number(words) }
}

function anyOf(entries: readonly string[], lists: Lists): QueryNode {
  const of = entries.map((entry) => entryTerm(entry, lists))
  if (of.length === 0) refuse('E_EMPTY_LIST')
  return { kind: 'or', of, offset: 0 }
}

function termList(list: TermList, lists: Lists): QueryNode {
  if (isPlainList(list)) return anyOf(list, lists)
  const of = Object.entries(list).map(([language, entries]) => languageList(language, entries, lists))
  if (of.length === 0) refuse('E_EMPTY_LIST')
  return { kind: 'or', of, offset: 0 }
}

function isPlainList(list: TermList): list is readonly string[] {
  return Array.isArray(list)
}

/** A list under a language applies only to items of that language, or without one; `*` to all. */
function languageList(language: string, entries: readonly string[], lists: Lists): QueryNode {
  const values = [language.toLowerCase()]
  const [primary = ''] = values[0]?.split('-') ?? []
  const terms = anyOf(entries, { ...lists, attached: !WITHOUT_PREFIXES.has(primary) })
  if (language === '*') return terms
  return {
    kind: 'and',
    of: [{ kind: 'meta', field: 'lang', values, orMissing: true, offset: 0 }, terms],
    offset: 0,
  }
}

function allOf(entries: readonly (string | readonly string[])[], lists: Lists): QueryNode {
  if (entries.length === 0) refuse('E_EMPTY_LIST')
  const of = entries.map((entry) =>
    typeof entry === 'string' ? entryTerm(entry, lists) : anyOf(entry, lists),
  )
  return { kind: 'and', of, offset: 0 }
}

function noneOf(list: TermList, lists: Lists): QueryNode | undefined {
  const isEmpty = isPlainList(list) ? list.length === 0 : Object.keys(list).length === 0
  return isEmpty ? undefined : { kind: 'not', of: termList(list, lists), offset: 0 }
}

const NEAR_LISTS_MAX = 60 // each nests one deeper

function nearOf(near: Near, lists: Lists): QueryNode {
  const { within, ordered = false } = near
  if (!Number.isInteger(within) || within < 0) refuse('E_BAD_NUMBER', String(within))
  if (near.of.length > NEAR_LISTS_MAX) refuse('E_TOO_DEEP')
  const [first, ...others] = near.of.map((entries) => anyOf(entries, lists))
  if (first === undefined || others.length === 0) refuse('E_MISSING_OPERAND')
  return others.reduce<QueryNode>(
    (left, right) => ({ kind: 'near', within, ordered, left, right, offset: 0 }),
    first,
  )
}

const FIELDS: readonly MetaField[] = ['lang', 'source', 'country', 'kind', 'url', 'tag']

function whereOf(where: NonNullable<Topic['where']>): QueryNode | undefined {
  const of = FIELDS.flatMap((field) => {
    const wanted = where[field]
    return wanted === undefined ? [] : [metaNode(field, typeof wanted === 'string' ? [wanted] : wanted)]
  })
  return of.length === 0 ? undefined : { kind: 'and', of, offset: 0 }
}

function metaNode(field: MetaField, wanted: readonly string[]): QueryNode {
  if (wanted.length === 0) refuse('E_EMPTY_LIST')
  const bad = wanted.find((value) => !/[\p{L}\p{N}]/u.test(value))
  if (bad !== undefined) refuse('E_BAD_VALUE', bad)
  return { kind: 'meta', field, values: wanted.map(metaValue), orMissing: false, offset: 0 }
}
