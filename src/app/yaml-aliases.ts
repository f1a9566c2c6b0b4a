// `*word` and `&word`: marks of YAML for a value that stands elsewhere, and nearly always a word that wanted quotes.
import { type Document, isAlias, isNode, isScalar, visit } from 'yaml'
import type { ConfigMistake } from './config-error.ts'
import type { Places } from './yaml-place.ts'
import { quotesHint } from './yaml-syntax.ts'

/** What names nothing, which is no value, and words whose beginning nothing names, which would silently be lost. */
export function loneMarks(document: Document, shown: string, places: Places): readonly ConfigMistake[] {
  const named = new Map<string, number>()
  const wanted = new Set<string>()
  const lone: ConfigMistake[] = []
  const tell = (offset: number, message: string): void => {
    lone.push({ file: shown, ...places.ofOffset(offset), message, hint: quotesHint })
  }
  visit(document, (_, node) => {
    if (!isNode(node)) return
    const start = node.range?.[0] ?? 0
    if (isAlias(node)) {
      wanted.add(node.source)
      if (node.resolve(document) === undefined) tell(start, `*${node.source} refers to nothing`)
    } else if (isScalar(node) && node.anchor !== undefined) named.set(node.anchor, start)
  })
  for (const [name, start] of named)
    if (!wanted.has(name)) tell(start, `&${name} before this is a mark that nothing refers to`)
  return lone
}
