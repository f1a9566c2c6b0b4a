// The desk's own words, cut where there is room for few.

export type NoteRoom = { readonly lengthMax: number; readonly linesMax: number }

/** Whole paragraphs and lines while they fit; the first that does not is cut at a blank and closed with an ellipsis. Markdown in, Markdown out. */
export function shortNote(markdown: string, { lengthMax, linesMax }: NoteRoom): string {
  const text = markdown.trim()
  const lines = text.split('\n')
  const kept =
    lines.filter((line) => line.trim() !== '').length <= linesMax ? text : firstLines(lines, linesMax)
  if (kept.length <= lengthMax) return kept === text ? text : `${kept} …`
  const blank = kept.slice(0, lengthMax).search(/\s\S*$/)
  return `${kept.slice(0, blank > 0 ? blank : lengthMax).trimEnd()} …`
}

function firstLines(lines: readonly string[], most: number): string {
  let filled = 0
  const end = lines.findIndex((line) => line.trim() !== '' && ++filled > most)
  return lines.slice(0, end).join('\n').trimEnd()
}
