// Counts as a sentence has them.

/** `1 article`, `2 articles`: English nouns that take an s. */
export function numberOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
