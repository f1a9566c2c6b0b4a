// How wide a text is on a terminal and in a plain mail, in columns.
import stringWidth from 'string-width'

// Characters of one column each that join with none before them: most of every text we show. A lone surrogate, a mark, an
// emoji, a wide letter or a control character is none of these and is left to the library. A test compares all of them with it.
const ONE_COLUMN_EACH =
  /^[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u0391-\u03a1\u03a3-\u0482\u048a-\u052f\u0620-\u064a\u0660-\u066f\u0671-\u06d3\u06ee-\u06ff\u2010-\u2027\u2190-\u2193\u2212\u2581-\u2588]*$/

// The non-joiner of Persian and the isolates of bidi take no column, and change the width of no such character.
const NO_COLUMN = /[\u200c\u2068\u2069]/g

/** What `string-width` says; it segments every text that is not ASCII, which takes a hundred times as long. */
export function columnsOf(text: string): number {
  if (ONE_COLUMN_EACH.test(text)) return text.length
  const shown = text.replace(NO_COLUMN, '')
  return ONE_COLUMN_EACH.test(shown) ? shown.length : stringWidth(text)
}
