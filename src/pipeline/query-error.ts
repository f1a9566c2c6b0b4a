// What is wrong with a query and where: thrown inside the parser, a value for everybody else.

/** The codes of mistakes (E) and warnings (W), each with the advice that goes with it. */
export const ADVICE = {
  E_EMPTY: 'write at least one word to look for',
  E_EMPTY_TERM: 'a term needs at least one letter or digit; signs alone cannot be looked for',
  E_EMPTY_LIST: 'give the list an entry or leave the key out',
  E_UNCLOSED_PAREN: 'close the bracket with )',
  E_UNOPENED_PAREN: 'remove the ) or open a bracket before it',
  E_UNCLOSED_QUOTE: 'close the quote; write \\" for a quote that is meant',
  E_MISSING_OPERAND:
    'an operator needs something on its other side; put an operator word in quotes to look for it',
  E_BAD_NUMBER: 'write a whole number directly after the sign, as in NEAR/5, ATLEAST/2 or "a b"~3',
  E_ONLY_NOT: 'say what to look for as well; with NOT alone nearly every article would match',
  E_BAD_OPERAND: 'NEAR and ATLEAST take terms, OR lists of terms in brackets, and other NEARs',
  E_SHORT_WILDCARD: 'a word with * or ? needs at least two letters beside them',
  E_SHORT_NAME: 'a name after ~ needs at least three consonants, or too many other names sound like it',
  E_NAME_SCRIPT: 'only names in Latin letters have other romanisations; leave the ~ out',
  E_UNKNOWN_FIELD:
    'fields: title, summary, body, author, text, lang, source, country, kind, url, tag; put the word in quotes if no field is meant',
  E_BAD_VALUE: 'a value holds at least one letter or digit; lists are written (a OR b)',
  E_TOO_DEEP: 'nest brackets, NOTs and NEARs at most 60 deep; split the topic',
  E_TOO_LONG: 'use YAML lists, or split the topic in several',
  E_TOO_MANY_TERMS: 'search for at most 64 terms at a time',
  W_LOWERCASE_OPERATOR: 'write it in capitals if an operator is meant, in quotes if the word is',
  W_MIXED_AND_OR: 'AND binds tighter than OR; brackets make it plain to the next reader',
  W_IMPLIED_AND: 'words side by side must all occur; use quotes for a phrase, OR for alternatives',
  W_OTHER_COMMA:
    'part entries with the comma , of Latin script; leave the other one out where one phrase is meant',
  W_OPERATOR_IN_LIST:
    'operators belong under query; entries of a list are looked for as they are written, and none excludes',
} as const

export type QueryCode = keyof typeof ADVICE

/** A mistake or warning at a UTF-16 offset of the query. */
export type QueryProblem = { readonly code: QueryCode; readonly offset: number; readonly fragment: string }

/** Thrown where the mistake is found; `parseQuery` turns it into a value. */
export class QuerySyntaxError extends Error {
  readonly problem: QueryProblem
  constructor(problem: QueryProblem) {
    super(problem.code)
    this.name = 'QuerySyntaxError'
    this.problem = problem
  }
}

const FRAGMENT_MAX = 24

/** The mistake at `offset`; the fragment runs from there to `end`, or through the word that stands there. */
export function problemAt(code: QueryCode, query: string, offset: number, end?: number): QueryProblem {
  const fragment =
    end === undefined ? (/^\S*/.exec(query.slice(offset))?.[0] ?? '') : query.slice(offset, end)
  return { code, offset, fragment: Array.from(fragment).slice(0, FRAGMENT_MAX).join('') }
}

/** Stops the parser at a mistake. */
export function fail(code: QueryCode, query: string, offset: number, end?: number): never {
  throw new QuerySyntaxError(problemAt(code, query, offset, end))
}
