// `sanitize`: {html} in, {html} out. Scored by parsing the output again: nothing but harmless parts, no text lost, stable.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, html as markup, parseFragment } from 'parse5'
import { sanitise } from '../../src/text/sanitise.ts'
import type { Kind, Score } from './kind.ts'
import { setFolder } from './set-folder.ts'

type Node = DefaultTreeAdapterTypes.Node
type Vector = { readonly id: string; readonly html: string }

// Written apart from the sanitiser's own lists: what the checks forbid, not what the sanitiser happens to keep.
const HARMFUL_TAGS =
  /^(?:script|style|link|meta|base|iframe|frame|frameset|object|embed|applet|form|input|button|select|textarea|svg|math|template|img|image|video|audio|source|track|portal|title|noscript|xmp|plaintext|body|head|html|dialog|marquee)$/
const HARMLESS_ATTRIBUTES =
  /^(?:href|rel|dir|lang|colspan|rowspan|scope|start|value|datetime|title|cite|alt|width|height)$/
const HARMLESS_LINK = /^(?:https?:\/\/|mailto:)/i
const UNSEEN = new Set(
  'script style template noscript noembed noframes iframe xmp plaintext title textarea svg math'.split(' '),
)

export const kind: Kind = {
  start: () => (input) => ({ html: sanitise((input as { html: string }).html) }), // the input line of OUTPUTS.md
  score: async (dir) => {
    const file = join(setFolder(dir, 'checks'), 'sanitizer-vectors.json')
    if (!existsSync(file)) return []
    const vectors = JSON.parse(readFileSync(file, 'utf8')) as readonly Vector[] // the set's own shape
    return [scoreOf('sanitize', vectors)]
  },
}

function scoreOf(set: string, vectors: readonly Vector[]): Score {
  const failing = vectors.filter(({ html }) => faultsOf(html).length > 0)
  return {
    set,
    of: vectors.length,
    passed: vectors.length - failing.length,
    failing: failing.map(({ id }) => id),
  }
}

/** What is wrong with the sanitised form of `html`; also used by the tests. */
export function faultsOf(html: string): readonly string[] {
  const output = sanitise(html)
  const nodes = allNodes(inside(output))
  return [
    ...(sanitise(output) === output ? [] : ['not stable']),
    ...(textOf(html) === textOf(output) ? [] : ['text changed']),
    ...nodes.flatMap(elementFaults),
  ]
}

function elementFaults(node: Node): readonly string[] {
  if (node.nodeName === '#comment') return ['comment']
  if (!('attrs' in node)) return []
  const attributes = node.attrs.filter(
    ({ name, value }) => !HARMLESS_ATTRIBUTES.test(name) || (name === 'href' && !HARMLESS_LINK.test(value)),
  )
  return [
    ...(HARMFUL_TAGS.test(node.tagName) ? [`<${node.tagName}>`] : []),
    ...attributes.map(({ name, value }) => `${name}=${value}`),
  ]
}

/** The text of the document as a parser sees it, without the parts whose text no reader sees. */
function textOf(html: string): string {
  return allNodes(inside(html), UNSEEN)
    .map((node) => ('value' in node ? node.value : ''))
    .join('')
}

/** As the inside of a <div>, where an article's HTML is put. */
function inside(html: string): Node {
  return parseFragment(defaultTreeAdapter.createElement('div', markup.NS.HTML, []), html, {})
}

/** In document order, on an explicit stack: the vectors nest deeper than a call stack reaches. */
function allNodes(root: Node, without: ReadonlySet<string> = new Set()): readonly Node[] {
  const found: Node[] = []
  const stack: Node[] = [root]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (without.has(node.nodeName)) continue
    found.push(node)
    if ('childNodes' in node) stack.push(...node.childNodes.toReversed())
  }
  return found
}
