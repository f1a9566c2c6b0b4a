// Lists of lines, capped where an edition had to be shortened.
import type { Edition } from '../model/digest.ts'
import { counted } from '../text/number-words.ts'
import type { Block, EditionWords, Inline } from './outline-block.ts'
import { own } from './outline-inline.ts'

const SHORT_LIST_MAX = 30

/** One list block, or none for no items; a shortened edition shows thirty lines and counts the others. */
export function listBlocks(
  items: readonly (readonly Inline[])[],
  { shortened = false }: Edition,
  { language, strings }: EditionWords,
): readonly Block[] {
  if (items.length === 0) return []
  const shown = shortened ? items.slice(0, SHORT_LIST_MAX) : items
  const rest = items.length - shown.length
  const more = rest > 0 ? [[own(counted(language, strings.andMore, rest))]] : []
  return [{ kind: 'list', items: [...shown, ...more] }]
}
