// The parser of the boolean language, by recursive descent. Tightest first: field and = ~, NOT, NEAR, AND, OR.
import { fail, problemAt, type QueryCode, type QueryProblem, QuerySyntaxError } from './query-error.ts'
import { type TermToken, type Token, tokenise } from './query-token.ts'
import { type GroupNode, looksForSomething, type QueryNode, TEXT_FIELDS } from './query-tree.ts'
import { readTerm } from './term.ts'

export type ParsedQuery =
  | { readonly ok: true; readonly tree: QueryNode; readonly warnings: readonly QueryProblem[] }
  | { readonly ok: false; readonly problem: QueryProblem }

const LENGTH_MAX = 100_000 // UTF-16 units
const TERMS_MAX = 5_000
const DEPTH_MAX = 60 // so that nothing that walks the tree can run out of stack

type State = {
  readonly query: string
  readonly tokens: readonly Token[]
  next: number
  depth: number
  fields: number
  readonly warnings: QueryProblem[]
}

/** Parses a query. Every mistake is a value: its code, the offset where the caret stands, and the fragment there. */
export function parseQuery(query: string): ParsedQuery {
  try {
    return parseWhole(query)
  } catch (error) {
    if (error instanceof QuerySyntaxError) return { ok: false, problem: error.problem }
    throw error
  }
}

function parseWhole(query: string): ParsedQuery {
  if (query.length > LENGTH_MAX) fail('E_TOO_LONG', query, LENGTH_MAX)
  const tokens = tokenise(query)
  if (tokens.length === 0) fail('E_EMPTY', query, 0)
  const excess = tokens.filter((token) => token.kind === 'term')[TERMS_MAX]
  if (excess !== undefined) fail('E_TOO_LONG', query, excess.start)
  const state: State = { query, tokens, next: 0, depth: 0, fields: TEXT_FIELDS, warnings: [] }
  const tree = parseOr(state)
  const left = peek(state)
  if (left !== undefined) fail('E_UNOPENED_PAREN', query, left.start, left.end)
  if (!looksForSomething(tree)) failOnlyNot(query, tree)
  return { ok: true, tree, warnings: state.warnings }
}

function peek(state: State): Token | undefined {
  return state.tokens[state.next]
}

function take<K extends Token['kind']>(state: State, kind: K): (Token & { kind: K }) | undefined {
  const token = peek(state)
  if (token?.kind !== kind) return undefined
  state.next++
  return token as Token & { kind: K } // its kind was compared just now
}

function warn(state: State, code: QueryCode, offset: number): void {
  if (!state.warnings.some((warning) => warning.code === code))
    state.warnings.push(problemAt(code, state.query, offset))
}

/** Runs a parser one level deeper. */
function deeper<T>(state: State, offset: number, parse: () => T): T {
  if (++state.depth > DEPTH_MAX) fail('E_TOO_DEEP', state.query, offset)
  const result = parse()
  state.depth--
  return result
}

function parseOr(state: State): QueryNode {
  const branches = [parseAnd(state)]
  for (let or = take(state, 'or'); or !== undefined; or = take(state, 'or')) {
    const mixed = or
    needOperand(state, mixed)
    branches.push(parseAnd(state))
    if (branches.some((branch) => branch.kind === 'and' && !isBracketed(state, branch)))
      warn(state, 'W_MIXED_AND_OR', mixed.start)
  }
  if (branches.length > 1) for (const branch of branches) checkBranch(state.query, branch)
  return group('or', branches)
}

function isBracketed(state: State, node: QueryNode): boolean {
  return state.query.charAt(node.offset) === '(' && node.kind === 'and' && node.of[0]?.offset !== node.offset
}

function checkBranch(query: string, branch: QueryNode): void {
  if (!looksForSomething(branch)) failOnlyNot(query, branch)
}

/** The caret stands under the first NOT. */
function failOnlyNot(query: string, node: QueryNode): never {
  if (node.kind === 'and' || node.kind === 'or') {
    const culprit = node.of.find((part) => !looksForSomething(part))
    if (culprit !== undefined) failOnlyNot(query, culprit)
  }
  return fail('E_ONLY_NOT', query, node.offset)
}

function group(kind: GroupNode['kind'], of: readonly QueryNode[]): QueryNode {
  const [first] = of
  if (first === undefined) throw new Error('a group has at least one part')
  return of.length === 1 ? first : { kind, of, offset: first.offset }
}

function needOperand(state: State, operator: Token): void {
  const next = peek(state)
  const missing = next === undefined || next.kind === 'close' || isBinary(next)
  if (missing) fail('E_MISSING_OPERAND', state.query, operator.start, operator.end)
}

function isBinary(token: Token): boolean {
  return token.kind === 'and' || token.kind === 'or' || token.kind === 'near'
}

function parseAnd(state: State): QueryNode {
  const parts = [parseNear(state)]
  for (
    let next = peek(state);
    next !== undefined && next.kind !== 'or' && next.kind !== 'close';
    next = peek(state)
  ) {
    const and = take(state, 'and')
    if (and !== undefined) needOperand(state, and)
    const part = parseNear(state)
    if (and === undefined && part.kind !== 'not' && part.kind !== 'meta' && parts.at(-1)?.kind !== 'meta')
      warn(state, 'W_IMPLIED_AND', part.offset)
    parts.push(part)
  }
  return group('and', parts)
}

function parseNear(state: State): QueryNode {
  let left = parseNot(state)
  const depthBefore = state.depth
  for (let near = take(state, 'near'); near !== undefined; near = take(state, 'near')) {
    if (++state.depth > DEPTH_MAX) fail('E_TOO_DEEP', state.query, near.start)
    needOperand(state, near)
    checkPlaces(state.query, left)
    const right = parseNot(state)
    checkPlaces(state.query, right)
    left = { kind: 'near', within: near.within, ordered: near.ordered, left, right, offset: left.offset }
  }
  state.depth = depthBefore
  return left
}

/** NEAR and ATLEAST work on places in the text: terms, OR lists of terms, NEARs. */
function checkPlaces(query: string, node: QueryNode): void {
  if (node.kind === 'term' || node.kind === 'near') return
  if (node.kind !== 'or') fail('E_BAD_OPERAND', query, node.offset)
  for (const part of node.of) checkPlaces(query, part)
}

function parseNot(state: State): QueryNode {
  const not = take(state, 'not')
  if (not === undefined) return parsePrimary(state)
  needOperand(state, not)
  const of = deeper(state, not.start, () => parseNot(state))
  return { kind: 'not', of, offset: not.start }
}

function parsePrimary(state: State): QueryNode {
  const token = peek(state)
  if (token === undefined) fail('E_EMPTY', state.query, 0)
  state.next++
  switch (token.kind) {
    case 'open':
      return parseGroup(state, token)
    case 'field':
      return parseField(state, token, token.fields)
    case 'atleast':
      return parseAtLeast(state, token, token.times)
    case 'meta':
      return { kind: 'meta', field: token.field, values: token.values, orMissing: false, offset: token.start }
    case 'term':
      return termNode(state, token)
    case 'close':
      return fail('E_UNOPENED_PAREN', state.query, token.start, token.end)
    default:
      return fail('E_MISSING_OPERAND', state.query, token.start, token.end)
  }
}

function parseGroup(state: State, open: Token): QueryNode {
  if (peek(state)?.kind === 'close') fail('E_EMPTY', state.query, open.start)
  if (peek(state) === undefined) fail('E_UNCLOSED_PAREN', state.query, open.start)
  const inside = deeper(state, open.start, () => parseOr(state))
  if (take(state, 'close') === undefined) fail('E_UNCLOSED_PAREN', state.query, open.start)
  return inside.kind === 'and' || inside.kind === 'or' ? { ...inside, offset: open.start } : inside
}

/** A field limits the next term or group; a field inside that group takes its place. */
function parseField(state: State, field: Token, fields: number): QueryNode {
  needOperand(state, field)
  const outer = state.fields
  state.fields = fields
  const limited = deeper(state, field.start, () => parsePrimary(state))
  state.fields = outer
  return limited
}

function parseAtLeast(state: State, atLeast: Token, times: number): QueryNode {
  needOperand(state, atLeast)
  const of = deeper(state, atLeast.start, () => parsePrimary(state))
  checkPlaces(state.query, of)
  return { kind: 'atleast', times, of, offset: atLeast.start }
}

const OPERATOR_WORD = /^(?:and|or|not|near|onear|atleast)(?:\/\d+)?$/i

function termNode(state: State, token: TermToken): QueryNode {
  const { text, mode, window, start } = token
  if (!token.quoted && mode === 'plain' && OPERATOR_WORD.test(text))
    warn(state, 'W_LOWERCASE_OPERATOR', start)
  const mistake = readTerm(text, mode).problem
  if (mistake !== undefined) fail(mistake, state.query, start, token.end)
  const node = {
    kind: 'term',
    text,
    mode,
    attached: mode === 'plain',
    fields: state.fields,
    offset: start,
  } as const
  return window === undefined ? node : { ...node, window }
}
