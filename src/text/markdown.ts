// Markdown that means what the tree means, in every reader we know of.
import type { Root } from 'mdast'
import { type Options, toMarkdown } from 'mdast-util-to-markdown'

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

/** Serialises a tree. Text keeps its exact meaning; nothing in it can become a construct of its own. */
export function markdownOf(root: Root): string {
  return toMarkdown(root, { bullet: '-', emphasis: '*', rule: '-', resourceLink: true, unsafe })
}

/** A link target with the characters encoded that RFC 3986 does not allow and that Markdown or a template reader would trip over. */
export function markdownUrl(url: string): string {
  return url.replace(/[\s"<>\\^`{|}]/g, encodeURIComponent)
}
