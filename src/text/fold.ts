// The folded form of a text: what search compares, and what the full-text index stores beside the original.
import { analyse, joinWords } from './words.ts'

/**
 * The folded words of a text joined by single spaces; '' when it has none.
 * FTS5's `ascii` tokenizer cuts it into exactly these words, for each byte from 0x80 up is a token character to it.
 */
export function foldText(text: string): string {
  return joinWords(analyse(text))
}
