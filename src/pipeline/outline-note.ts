// The intro and the footer of a digest: a little Markdown of the desk's own, in every format of the edition.
import { displayLine } from '../text/display-line.ts'
import { safeLink } from '../text/safe-link.ts'
import type { Block, Inline } from './outline-block.ts'
import { foreign, own } from './outline-inline.ts'

// **strong**, [text](address), <address>; whatever else is Markdown or HTML elsewhere is plain text here.
const MARKS =
  /\*\*(?<strong>[^*\n]+)\*\*|\[(?<text>[^[\]\n]+)\]\((?<target>[^\s()<>]+)\)|<(?<address>(?:https?:\/\/|mailto:)[^\s<>]+)>/g
const BULLET = /^\s*[-*]\s+/

/** Paragraphs, lists of `-`, **strong** and links to http, https or mailto. Built as blocks, so that nothing else can come of it. */
export function noteBlocks(markdown: string | undefined): readonly Block[] {
  const parts = (markdown ?? '').split(/\r?\n\s*\r?\n/).filter((part) => part.trim() !== '')
  return parts.map(noteBlock)
}

function noteBlock(part: string): Block {
  const lines = part.split(/\r?\n/).filter((line) => line.trim() !== '')
  if (lines.every((line) => BULLET.test(line)))
    return { kind: 'list', items: lines.map((line) => inlines(line.replace(BULLET, ''))) }
  return { kind: 'paragraph', muted: false, isNote: true, content: inlines(lines.join(' ')) }
}

function inlines(line: string): readonly Inline[] {
  const found: Inline[] = []
  let at = 0
  for (const match of line.matchAll(MARKS)) {
    found.push(...plain(line.slice(at, match.index)), ...marked(match))
    at = match.index + match[0].length
  }
  return [...found, ...plain(line.slice(at))]
}

function marked({ 0: whole, groups = {} }: RegExpExecArray): readonly Inline[] {
  const { strong, text, target, address } = groups
  if (strong !== undefined) return [{ kind: 'own', text: displayLine(strong), strong: true }]
  const url = safeLink(target ?? address ?? '')
  return url === undefined
    ? plain(whole)
    : [foreign(text ?? (address ?? '').replace(/^mailto:/, ''), { url })]
}

/** Blanks at the ends are kept: they part the words from what stands beside them. */
function plain(text: string): readonly Inline[] {
  if (text === '') return []
  const [before, after] = [/^\s/.test(text) ? ' ' : '', /\s$/.test(text) ? ' ' : '']
  const line = displayLine(text)
  return [own(line === '' ? ' ' : `${before}${line}${after}`)]
}
