// What the columns of an article say of an item.
import type { Item } from '../model/item.ts'

/** Authors as one line: `Name, Name`. */
export function authorLine(item: Item): string {
  return item.authors
    .map((person) => person.name ?? person.email ?? '')
    .filter((name) => name !== '')
    .join(', ')
}

/** The body column: '' when the content only repeats the summary. */
export function bodyOf(item: Item): string {
  return item.text === item.summary ? '' : item.text
}
