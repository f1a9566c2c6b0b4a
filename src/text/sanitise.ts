// Foreign HTML made harmless: parsed as a browser parses it, then rebuilt from nothing but what is on the list.
import {
  type DefaultTreeAdapterMap,
  type DefaultTreeAdapterTypes,
  defaultTreeAdapter,
  html as markup,
  parseFragment,
} from 'parse5'
import { type Html, html } from './html-template.ts'
import { safeLink } from './safe-link.ts'

type Node = DefaultTreeAdapterTypes.ChildNode
type Element = DefaultTreeAdapterTypes.Element
/** What is still to be written: a node, or the end tag of one whose children are written. */
type Step = { readonly node: Node; readonly depth: number } | { readonly endTag: string }

const KEPT = new Set(
  `a abbr b bdi blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i
  ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td tfoot th thead time tr u
  ul var wbr`.split(/\s+/),
)
const EMPTY = new Set(['br', 'hr', 'wbr'])
// What a browser shows of these is no text of the article, or is parsed by other rules than the article.
const DROPPED = new Set(
  'script style template noscript noembed noframes iframe xmp plaintext title textarea svg math'.split(' '),
)
const HTML_NAMESPACE = markup.NS.HTML
const NUMBER = /^\d{1,4}$/
const ATTRIBUTES: Readonly<Record<string, readonly (readonly [string, RegExp])[]>> = {
  ol: [['start', NUMBER]],
  li: [['value', NUMBER]],
  td: [
    ['colspan', NUMBER],
    ['rowspan', NUMBER],
  ],
  th: [
    ['colspan', NUMBER],
    ['rowspan', NUMBER],
    ['scope', /^(?:row|col)$/],
  ],
  time: [['datetime', /^[\d:.TZ+ -]{4,40}$/]],
}
const EVERYWHERE: readonly (readonly [string, RegExp])[] = [
  ['dir', /^(?:ltr|rtl|auto)$/],
  ['lang', /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/],
]
const DEPTH_MAX = 200
const NODES_MAX = 200_000
const ROUNDS_MAX = 5

/**
 * `source` as HTML of headings, paragraphs, lists, tables, quotes, marks and links to http, https or mailto; without
 * scripts, styles, images, forms, ids or comments. Text that a reader saw is kept. Sanitising the result changes nothing.
 */
export function sanitise(source: string): string {
  let current = source
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const next = rebuilt(current)
    if (next === undefined) return textOf(current)
    if (next === current) return current
    current = next
  }
  return textOf(current)
}

/** One round. Unwrapping can leave a tree that parses otherwise when written out, so rounds go on until nothing changes. */
function rebuilt(source: string): string | undefined {
  const budget = { nodes: NODES_MAX }
  const nodes = parsed(source, budget)
  if (nodes === undefined) return undefined
  const output: string[] = []
  const stack: Step[] = nodes.toReversed().map((node) => ({ node, depth: 0 }))
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    if ('endTag' in step) output.push(step.endTag)
    else open(step.node, step.depth, output, stack)
  }
  return output.join('')
}

/** Undefined when the tree outgrows its budget: a few kilobytes of unclosed formatting tags can ask for millions of nodes. */
function parsed(source: string, budget: { nodes: number }): readonly Node[] | undefined {
  const createElement: typeof defaultTreeAdapter.createElement = (tagName, namespace, attributes) => {
    if (budget.nodes-- <= 0) throw new TreeTooLarge()
    return defaultTreeAdapter.createElement(tagName, namespace, attributes)
  }
  try {
    const treeAdapter = { ...defaultTreeAdapter, createElement }
    return parseFragment<DefaultTreeAdapterMap>(insideOf(), source, { treeAdapter }).childNodes
  } catch (error) {
    if (error instanceof TreeTooLarge) return undefined
    throw error
  }
}

class TreeTooLarge extends Error {}

/** Parsed as the inside of a <div>: cells and rows without a table of their own would break out of the table they are put into. */
function insideOf(): Element {
  return defaultTreeAdapter.createElement('div', HTML_NAMESPACE, [])
}

function open(node: Node, depth: number, output: string[], stack: Step[]): void {
  if ('value' in node) output.push(lineBreakAfter(output.at(-1), node.value), textHtml(node.value))
  if (!('tagName' in node) || node.namespaceURI !== HTML_NAMESPACE || DROPPED.has(node.tagName)) return
  const isKept = KEPT.has(node.tagName) && depth < DEPTH_MAX
  if (isKept) output.push(startTag(node))
  if (isKept && EMPTY.has(node.tagName)) return
  if (isKept) stack.push({ endTag: `</${node.tagName}>` })
  for (const child of node.childNodes.toReversed()) stack.push({ node: child, depth: depth + 1 })
}

function startTag(element: Element): string {
  const { tagName, attrs } = element
  const allowed = [...(ATTRIBUTES[tagName] ?? []), ...EVERYWHERE]
  const value = (name: string) => attrs.find((attribute) => attribute.name === name)?.value
  const kept = allowed.flatMap(([name, pattern]) => {
    const given = value(name)
    return given !== undefined && pattern.test(given) ? [html` ${{ html: name }}="${given}"`] : []
  })
  return html`<${{ html: tagName }}${tagName === 'a' ? linkAttributes(value('href')) : []}${kept}>`.html
}

function linkAttributes(href: string | undefined): readonly Html[] {
  const link = href === undefined ? undefined : safeLink(href)
  return link === undefined ? [] : [html` href="${link}" rel="nofollow noopener noreferrer"`]
}

/** Parsers drop the line break that stands first after <pre>, whatever elements are left out between; one more keeps it. */
function lineBreakAfter(written: string | undefined, text: string): string {
  return text.startsWith('\n') && written?.startsWith('<pre') === true ? '\n' : ''
}

function textHtml(text: string): string {
  return text.replace(/[&<>\u00a0]/g, (character) => TEXT_ENTITIES[character] ?? character)
}
const TEXT_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\u00a0': '&nbsp;',
}

/** The last resort: everything that looks like a tag goes, and the rest is text. */
function textOf(source: string): string {
  return textHtml(source.replace(/<[^<>]*>|&(?:amp|lt|gt|nbsp);/g, ' '))
}
