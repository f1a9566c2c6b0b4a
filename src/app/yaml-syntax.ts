// What a YAML reader finds broken, in words for somebody who has never heard of tokens and scalars.
import { type Document, visit, type YAMLError, type YAMLWarning } from 'yaml'
import type { ConfigMistake } from './config-error.ts'
import type { Places } from './yaml-place.ts'

export const quotesHint =
  'text that begins with ~, *, &, !, %, @ or ` or holds ": " needs quotes around all of it'
const columnsHint = 'keys of one entry begin in one column; a new entry of a list begins with "- "'
const listHint = 'write a hyphen and a blank before each entry of a list: "- word"'

type Broken = YAMLError | YAMLWarning
type Wording = {
  readonly code: string // of the package `yaml`
  readonly says?: string // part of its message
  readonly rest?: RegExp // of the line, from the place on
  readonly message: string
  readonly hint: string
  readonly opens?: string // the signs that open it: the reader names the place where they should have been closed by
}

/** The first that fits is taken. */
const wordings: readonly Wording[] = [
  { code: 'TAB_AS_INDENT', message: 'tabs cannot indent YAML', hint: 'use spaces' },
  {
    code: 'MISSING_CHAR',
    says: 'Missing closing',
    message: 'this quote is never closed',
    hint: 'close it with the same sign',
    opens: `"'`,
  },
  {
    code: 'BAD_INDENT',
    says: 'end with a ]',
    message: 'this list is never closed',
    hint: 'close it with ]; an entry that holds [, ], { or } or begins with # needs quotes',
    opens: '[',
  },
  {
    code: 'BAD_INDENT',
    says: 'end with a }',
    message: 'this bracket is never closed',
    hint: 'close it with }',
    opens: '{',
  },
  {
    code: 'MISSING_CHAR',
    says: 'map values',
    rest: /[\u00a0\u2000-\u200f\u202f\u3000\ufeff]/,
    message: 'a blank of another kind stands in this line, which YAML takes for a letter',
    hint: 'delete the blanks of this line and type them again',
  },
  {
    code: 'MISSING_CHAR',
    says: 'map values',
    rest: /[：﹕∶]/,
    message: 'a colon of another kind stands in this line, which YAML takes for a letter',
    hint: 'type it again as :',
  },
  {
    code: 'MULTILINE_IMPLICIT_KEY',
    rest: /^-\S/,
    message: 'a hyphen without a blank begins no entry',
    hint: listHint,
  },
  {
    code: 'MISSING_CHAR',
    says: 'map values',
    message: 'expected a key, a colon, a blank and a value',
    hint: 'write it like this: any: [word, word]',
  },
  {
    code: 'MISSING_CHAR',
    says: 'Sequence item',
    message: 'indented neither like the keys above nor like a new entry',
    hint: columnsHint,
  },
  {
    code: 'BLOCK_AS_IMPLICIT_KEY',
    rest: /^ +- /,
    message: 'indented neither like the keys above nor like a new entry',
    hint: columnsHint,
  },
  {
    code: 'BLOCK_AS_IMPLICIT_KEY',
    rest: /: /,
    message: 'a second ": " stands in this line',
    hint: quotesHint,
  },
  {
    code: 'BLOCK_AS_IMPLICIT_KEY',
    message: 'the line below is indented as if it belonged to this value',
    hint: columnsHint,
  },
  {
    code: 'BAD_INDENT',
    message: 'indented otherwise than the lines beside it',
    hint: columnsHint,
  },
  {
    code: 'UNEXPECTED_TOKEN',
    says: 'scalar at node end',
    message: 'text goes on after a closing quote',
    hint: 'put single quotes around all of it, or write it on the line below "query: >"',
  },
  {
    code: 'UNEXPECTED_TOKEN',
    says: 'Not a YAML token',
    message: 'after > or | the text begins on the next line',
    hint: 'move it one line down and indent it',
  },
  {
    code: 'UNEXPECTED_TOKEN',
    says: 'block-seq-ind',
    message: 'a list with hyphens begins on the line below its key',
    hint: 'move it one line down, or write it as [word, word]',
  },
  {
    code: 'UNEXPECTED_TOKEN',
    says: ', in flow',
    message: 'an entry is missing beside this comma',
    hint: 'delete the comma',
  },
  {
    code: 'UNEXPECTED_TOKEN',
    says: '-end token',
    message: 'this bracket was never opened',
    hint: 'delete it, or put quotes around the text that holds it',
  },
  { code: 'BAD_SCALAR_START', message: 'a text cannot begin with this sign', hint: quotesHint },
  {
    code: 'BAD_DQ_ESCAPE',
    message: 'between double quotes a \\ means something of its own',
    hint: 'use single quotes, or write \\\\',
  },
  {
    code: 'MULTIPLE_DOCS',
    message: 'a second document begins here; a file holds one',
    hint: 'delete the line ---',
  },
]

function restOfLine(text: string, offset: number): string {
  return text.slice(offset).split('\n', 1)[0] ?? ''
}

/** Where the innermost of these signs before `end` stands whose value reaches as far. */
function opening(document: Document, text: string, end: number, signs: string): number | undefined {
  let found: number | undefined
  visit(document, {
    Node(_, { range }) {
      const [start = end, , reach = 0] = range ?? []
      if (start < end && reach >= end && signs.includes(text.charAt(start))) found = start
    },
  })
  return found
}

/** The key at an offset, told by its name. */
function doubleKey(text: string, offset: number): Pick<ConfigMistake, 'message' | 'hint'> {
  const key = restOfLine(text, offset).split(':', 1)[0]?.trim() ?? ''
  return { message: `the key "${key}" stands here twice`, hint: `keep one; ${columnsHint}` }
}

function syntaxMistake(document: Document, text: string, places: Places, broken: Broken) {
  const { code, message, pos } = broken
  const [at] = pos
  if (code === 'DUPLICATE_KEY') return { ...places.ofOffset(at), ...doubleKey(text, at) }
  const line = restOfLine(text, at)
  const wording = wordings.find(
    (one) =>
      one.code === code &&
      message.includes(one.says ?? '') &&
      (one.rest === undefined || one.rest.test(line)),
  )
  if (wording === undefined)
    return { ...places.ofOffset(at), message: message.split('\n')[0] ?? 'not valid YAML', hint: quotesHint }
  const place = wording.opens === undefined ? at : (opening(document, text, at, wording.opens) ?? at)
  return { ...places.ofOffset(place), message: wording.message, hint: wording.hint }
}

/** Those after which the reader still knows where it is; others are followed by mistakes that are none. */
const isAlone: ReadonlySet<string> = new Set(['DUPLICATE_KEY', 'TAG_RESOLVE_FAILED'])

/**
 * What to mend, in the order of the file: of mistakes that bring others with them only the first. Warnings count:
 * an unknown tag such as `!word` would silently lose the word.
 */
export function syntaxMistakes(
  document: Document,
  text: string,
  shown: string,
  places: Places,
): readonly ConfigMistake[] {
  const first = document.errors.find(({ code }) => !isAlone.has(code))
  const broken =
    first === undefined
      ? [...document.errors, ...document.warnings]
      : [...document.errors.filter(({ code, pos }) => isAlone.has(code) && pos[0] < first.pos[0]), first]
  return broken.map((one) => ({ file: shown, ...syntaxMistake(document, text, places, one) }))
}
