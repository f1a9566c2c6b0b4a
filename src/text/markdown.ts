// Markdown that means what the tree means, in every reader we know of.
import type { Root, Text } from 'mdast'
import { defaultHandlers, type Options, toMarkdown } from 'mdast-util-to-markdown'

type Unsafe = NonNullable<Options['unsafe']>[number]

// CommonMark needs only some of these escaped. The others mean something to Obsidian (links, tags, comments, math,
// highlights), Hugo and Jekyll (templates), Templater, or to readers that link bare addresses.
const ALWAYS = ['#', '$', '<', '>', '[', ']', '^', '`', '{', '|', '}', '~']
// Escaping the second of a pair is enough to part it.
const BESIDE: readonly Omit<Unsafe, 'inConstruct'>[] = [
  { character: '%', before: '[%{}<>]' },
  { character: '=', before: '=' },
  { character: '-', before: '-' },
  { character: '+', before: '\\+' },
  { character: ':', after: '[/:\\\\]' },
  { character: ':', before: ':' },
  { character: '.', before: '[wW]{3}' },
  { character: '/', before: '(?:^|[^:])\\/' },
  { character: '@', after: '[A-Za-z0-9]' },
  { character: '(', before: '\\]' },
]
const NOT_IN: NonNullable<Unsafe['notInConstruct']> = [
  'autolink',
  'destinationLiteral',
  'destinationRaw',
  'reference',
  'titleQuote',
  'titleApostrophe',
]
const unsafe: Unsafe[] = [...ALWAYS.map((character) => ({ character })), ...BESIDE].map((pattern) => ({
  ...pattern,
  inConstruct: 'phrasing',
  notInConstruct: NOT_IN,
}))

// Texts that come out as they are, as most do: the library tries a hundred patterns on each, which was most of the time
// that an edition as Markdown took. These name every place where one of its patterns or of ours may hold.
const SIGN = /[\t\r\n#$<>[\]^`{|}~*_&!\\%=@]/
const PAIR = /--|\+\+|:[/:\\]|\/\/|[wW]{3}\.|\]\(| [\r\n]/
const LINE_BEGUN = /[\r\n]$/
const LETTER_FIRST = /^\p{L}/u

type TextHandler = NonNullable<NonNullable<Options['handlers']>['text']>
type Beside = Parameters<TextHandler>[3]

const text: TextHandler = (node: Text, parent, state, info) =>
  isPlain(node.value, info) ? node.value : defaultHandlers.text(node, parent, state, info)

function isPlain(value: string, { before, after }: Beside): boolean {
  if (LINE_BEGUN.test(before) && !LETTER_FIRST.test(value)) return false // what would begin a list, a heading, a rule
  return !SIGN.test(value) && !PAIR.test(before + value + after)
}

/** Serialises a tree. Text keeps its exact meaning; nothing in it can become a construct of its own. */
export function markdownOf(root: Root): string {
  return toMarkdown(root, {
    bullet: '-',
    emphasis: '*',
    rule: '-',
    resourceLink: true,
    unsafe,
    handlers: { text },
  })
}

/** A link target with the characters encoded that RFC 3986 does not allow and that Markdown or a template reader would trip over. */
export function markdownUrl(url: string): string {
  return url.replace(/[\s"<>\\^`{|}]/g, encodeURIComponent)
}
